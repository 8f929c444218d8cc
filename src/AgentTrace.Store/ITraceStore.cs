using AgentTrace.Store.Judgements;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Store;

/// <summary>Where a collector keeps spans, finished runs, and what people say about them. All members may be called at once from many threads.</summary>
public interface ITraceStore : ISpanStore, IRunArchive, IJudgementStore, IAsyncDisposable
{
    /// <summary>The engine's name: <c>sqlite</c>, <c>postgresql</c>.</summary>
    string Engine { get; }

    /// <summary>Makes the store ready: creates it where it is absent, and brings an older one to this version's form. Called once, before anything else.</summary>
    /// <exception cref="StoreException">It is out of reach, no store, or a newer version's.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets go what is older or more than allowed, the oldest first, in small steps between which others may write.</summary>
    /// <param name="retention">How much is kept.</param>
    /// <param name="now">The time to measure age from.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    ValueTask<TrimResult> TrimAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>How much is kept now.</summary>
    ValueTask<StoreSize> MeasureAsync(CancellationToken cancellationToken = default);
}
