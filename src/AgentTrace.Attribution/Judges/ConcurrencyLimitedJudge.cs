using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges;

/// <summary>Lets so many calls be under way at once and no more; further ones wait their turn.</summary>
public sealed class ConcurrencyLimitedJudge : DelegatingChatClient
{
    private readonly SemaphoreSlim _places;

    /// <summary>Creates the judge.</summary>
    /// <param name="judge">The judge that is asked; disposed with this one.</param>
    /// <param name="most">Most calls at once, at least 1.</param>
    public ConcurrencyLimitedJudge(IChatClient judge, int most) : base(judge)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _places = new SemaphoreSlim(most);
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _places.Dispose();
        base.Dispose(disposing);
    }
}
