using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A program or a tool came back with nothing: blame the step that asked in vain.</summary>
internal sealed class EmptyResultSignal : ISignal
{
    private const int ShortResult = 200;

    public string Name => "empty-result";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        foreach (StepView step in run.Steps)
        {
            if (step.IsExecutionReport && !step.ExecutionFailed && IsEmpty(AfterHeader(step.Text)) && run.ProducerOf(step) is { } producer)
            {
                yield return new SignalHit(producer.Index, 1, $"What {producer.Agent} wrote in step {producer.Index} found nothing when step {step.Index} ran it")
                {
                    EvidenceSteps = [step.Index],
                };
            }

            if (step.Step.ToolCalls.FirstOrDefault(call => call.Error is null && call.Result is { } result && IsEmpty(result)) is { } empty)
            {
                yield return new SignalHit(step.Index, 1, $"The tool {empty.Name} found nothing in step {step.Index}")
                {
                    EvidenceSpanIds = empty.SpanId is { } id ? [id] : [],
                };
            }
        }
    }

    // The exit code and the line that names the output stand before what was printed.
    private static ReadOnlySpan<char> AfterHeader(ReadOnlySpan<char> text)
    {
        int line = text.IndexOf('\n');
        ReadOnlySpan<char> rest = line < 0 ? [] : text[(line + 1)..];
        int colon = rest.IndexOf(':');
        return colon is >= 0 and < 20 ? rest[(colon + 1)..] : rest;
    }

    private static bool IsEmpty(ReadOnlySpan<char> result)
    {
        result = result.Trim();
        return result.IsEmpty || result is "[]" or "{}" or "null" or "None" or "\"\"" or "0"
            || (result.Length <= ShortResult && result.IndexOfAny(Phrases.NothingFound) >= 0);
    }
}
