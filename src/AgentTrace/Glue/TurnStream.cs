using AgentTrace.Spans;

namespace AgentTrace.Glue;

/// <summary>An agent's stream with a turn around each reading of it.</summary>
internal sealed class TurnStream<T>(IAsyncEnumerable<T> inner, in TurnStart start, TurnReader<T> reader) : TracedSequence<T>(inner)
{
    private readonly TurnStart _start = start;

    protected override IStreamedCall<T> Start() => TurnCall<T>.Start(_start, reader);

    protected override TracedSequence<T> Again(IAsyncEnumerable<T> inner) => new TurnStream<T>(inner, _start, reader);
}
