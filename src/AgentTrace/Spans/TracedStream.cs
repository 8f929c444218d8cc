namespace AgentTrace.Spans;

/// <summary>A stream with spans around each reading of it, opened by <paramref name="start"/>.</summary>
internal sealed class TracedStream<T>(IAsyncEnumerable<T> inner, Func<IStreamedCall<T>> start) : TracedSequence<T>(inner)
{
    protected override IStreamedCall<T> Start() => start();

    protected override TracedSequence<T> Again(IAsyncEnumerable<T> inner) => new TracedStream<T>(inner, start);
}
