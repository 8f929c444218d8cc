using System.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>A stream with the spans around each reading of it that <paramref name="start"/> opens.</summary>
internal sealed class TracedStream<T>(IAsyncEnumerable<T> inner, Func<IStreamedCall<T>> start) : TracedSequence<T>(inner)
{
    private IStreamedCall<T>? _call;

    protected override Activity? Innermost => _call?.Innermost;

    protected override void Start() => _call = start();

    protected override void Add(T item) => _call?.Add(item);

    protected override void Complete() => _call?.Complete();

    protected override void Abandon() => _call?.Abandon();

    protected override void Fail(Exception exception) => _call?.Fail(exception);

    protected override TracedSequence<T> Again(IAsyncEnumerable<T> inner) => new TracedStream<T>(inner, start);
}
