using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>A run that has begun.</summary>
[Experimental("SKEXP0110")]
public sealed class OrchestrationResult<TValue> : IDisposable
{
    private readonly OrchestrationContext _context;
    private readonly TaskCompletionSource<TValue> _completion;
    private readonly CancellationTokenSource _cancellation;
    private bool _disposed;

    internal OrchestrationResult(
        OrchestrationContext context, TaskCompletionSource<TValue> completion, CancellationTokenSource cancellation)
    {
        _context = context;
        _completion = completion;
        _cancellation = cancellation;
    }

    public string Orchestration => _context.Orchestration;

    public TopicId Topic => _context.Topic;

    /// <summary>The output, or the failure of the agent that failed.</summary>
    /// <exception cref="TimeoutException">The run took longer than <paramref name="timeout"/>; it goes on.</exception>
    public async ValueTask<TValue> GetValueAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return timeout is { } limit
            ? await _completion.Task.WaitAsync(limit, cancellationToken).ConfigureAwait(false)
            : await _completion.Task.ConfigureAwait(false);
    }

    public void Cancel()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cancellation.Cancel();
        _completion.SetCanceled(CancellationToken.None);
    }

    public void Dispose()
    {
        _disposed = true;
        _cancellation.Dispose();
    }
}
