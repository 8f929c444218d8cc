using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>A conversation with an agent. Its id never reaches a span of the kernel's own.</summary>
public abstract class AgentThread
{
    public virtual string? Id { get; protected set; }

    public virtual bool IsDeleted { get; protected set; }

    [Experimental("SKEXP0110")]
    public virtual Task OnSuspendAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    [Experimental("SKEXP0110")]
    public virtual Task OnResumeAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDeleted();
        return Task.CompletedTask;
    }

    public virtual async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        if (IsDeleted)
            return;
        if (Id is null)
            throw new InvalidOperationException("This thread cannot be deleted, since it has not been created.");
        await DeleteInternalAsync(cancellationToken).ConfigureAwait(false);
        IsDeleted = true;
    }

    protected internal virtual async Task CreateAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDeleted();
        Id ??= await CreateInternalAsync(cancellationToken).ConfigureAwait(false);
    }

    protected abstract Task<string?> CreateInternalAsync(CancellationToken cancellationToken);

    protected abstract Task DeleteInternalAsync(CancellationToken cancellationToken);

    protected abstract Task OnNewMessageInternalAsync(ChatMessageContent newMessage, CancellationToken cancellationToken = default);

    internal virtual async Task OnNewMessageAsync(ChatMessageContent newMessage, CancellationToken cancellationToken = default)
    {
        ThrowIfDeleted();
        await CreateAsync(cancellationToken).ConfigureAwait(false);
        await OnNewMessageInternalAsync(newMessage, cancellationToken).ConfigureAwait(false);
    }

    private protected void ThrowIfDeleted()
    {
        if (IsDeleted)
            throw new InvalidOperationException("This thread has been deleted and cannot be used anymore.");
    }
}
