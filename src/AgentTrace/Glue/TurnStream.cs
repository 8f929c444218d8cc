using System.Diagnostics;
using AgentTrace.Spans;

namespace AgentTrace.Glue;

/// <summary>An agent's stream with a turn around each reading of it: one object for the stream, its first reading and the turn.</summary>
internal sealed class TurnStream<T>(IAsyncEnumerable<T> inner, in TurnStart start, TurnReader<T> reader) : TracedSequence<T>(inner)
{
    private readonly TurnStart _start = start;
    private TurnCall<T> _call;

    protected override Activity? Innermost => _call.Innermost;

    protected override void Start() => _call = TurnCall<T>.Start(_start, reader);

    protected override void Add(T item) => _call.Add(item);

    protected override void Complete() => _call.Complete();

    protected override void Abandon() => _call.Abandon();

    protected override void Fail(Exception exception) => _call.Fail(exception);

    protected override TracedSequence<T> Again(IAsyncEnumerable<T> inner) => new TurnStream<T>(inner, _start, reader);
}
