using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A program or a tool came back with nothing: blame the step that asked in vain.</summary>
internal sealed class EmptyResultSignal : ISignal
{
    private const int ShortResult = 200;
    private const int LongestLabel = 20;

    public string Name => "empty-result";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        foreach (StepView step in run.Steps)
        {
            if (IsEmptyReport(step) && run.ProducerOf(step) is { } producer)
                hits.Add(new SignalHit(producer.Index, 1, step.Index));
            for (int i = 0; i < step.Step.ToolCalls.Count; i++)
            {
                if (step.Step.ToolCalls[i] is not { Error: null, Result: { } result } || !IsEmpty(result))
                    continue;
                hits.Add(new SignalHit(step.Index, 1, Detail: i));
                break;
            }
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        if (hit.Other >= 0)
            return new SignalEvidence($"What {step.Agent} wrote in step {hit.Step} found nothing when step {hit.Other} ran it") { Steps = [hit.Other] };
        var call = step.Step.ToolCalls[hit.Detail];
        return new SignalEvidence($"The tool {call.Name} found nothing in step {hit.Step}") { SpanIds = call.SpanId is { } id ? [id] : [] };
    }

    /// <summary>Whether a report of a program's run says that it printed nothing of use.</summary>
    public static bool IsEmptyReport(StepView step) => step.IsExecutionReport && !step.ExecutionFailed && IsEmpty(AfterHeader(step.Text.Head));

    // The exit code and the line that names the output stand before what was printed.
    private static ReadOnlySpan<char> AfterHeader(ReadOnlySpan<char> text)
    {
        int line = text.IndexOf('\n');
        ReadOnlySpan<char> rest = line < 0 ? [] : text[(line + 1)..];
        int colon = rest.IndexOf(':');
        return colon is >= 0 and < LongestLabel ? rest[(colon + 1)..] : rest;
    }

    /// <summary>Whether a result says that nothing was found.</summary>
    public static bool IsEmpty(ReadOnlySpan<char> result)
    {
        result = result.Trim();
        return result.IsEmpty || result is "[]" or "{}" or "null" or "None" or "\"\"" or "0"
            || (result.Length <= ShortResult && result.IndexOfAny(Phrases.NothingFound) >= 0);
    }
}
