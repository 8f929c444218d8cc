using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Tests.Runs.Spans;

/// <summary>As many spans as a collector keeps of one trace, in the shapes that are dear to read one span at a time: minutes when the cost grows with the square.</summary>
public sealed class LargeTraceTests
{
    private const int Spans = 20_000;
    private const int TwentySeconds = 20_000;

    [Theory(Timeout = TwentySeconds)]
    [InlineData("turns in turns of the same agent", 1)]
    [InlineData("chats in chats", 1)]
    [InlineData("chats below a deep nest", Spans / 2)]
    [InlineData("failed tools", 1)]
    [InlineData("failed turns", Spans - 1)]
    [InlineData("guesses", Spans - 1)]
    public async Task ReadAndAttribute_ManySpans_TakesNoMoreThanSeconds(string shape, int steps)
    {
        AgentSpan[] spans = [.. Enumerable.Range(1, Spans).Select(index => SpanOf(shape, index))];

        AgentRun run = (await Task.Run(() => SpanRunReader.Read(spans), TestContext.Current.CancellationToken))!;
        await Task.Run(async () => await new StructuralAttributor().AttributeAsync(run), TestContext.Current.CancellationToken);

        Assert.Equal(steps, run.Steps.Count);
    }

    private static AgentSpan SpanOf(string shape, int index)
    {
        string id = $"{index:x}", above = $"{index - 1:x}";
        if (index == 1)
            return shape is "failed tools" or "turns in turns of the same agent" ? SpanBuilder.Turn(id, null, "A", index)
                : shape is "chats in chats" ? SpanBuilder.Chat(id, null, index)
                : shape is "chats below a deep nest" ? SpanBuilder.Span(id, null, "other", null, index)
                : SpanBuilder.Root(id);
        return shape switch
        {
            "turns in turns of the same agent" => SpanBuilder.Turn(id, above, "A", index),
            "chats in chats" => SpanBuilder.Chat(id, above, index),
            "chats below a deep nest" => index <= Spans / 2 ? SpanBuilder.Span(id, above, "other", null, index) : SpanBuilder.Chat(id, $"{Spans / 2:x}", index),
            "failed tools" => SpanBuilder.Tool(id, "1", "search", index, (GenAiAttributes.ToolCallResult, $"error: no {index}")),
            "failed turns" => SpanBuilder.Turn(id, "1", "A", index, (OpenTelemetryAttributes.ErrorType, "timeout")),
            _ => SpanBuilder.Turn(id, "1", $"A{index}", index, SpanBuilder.Says($"I assume Flight{index} is {index}99 euros, as Hotel{index} and Grand{index} are")),
        };
    }
}
