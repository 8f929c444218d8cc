using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A tool failed and no later call made it good.</summary>
internal sealed class ToolErrorSignal : ISignal
{
    public string Name => "tool-error";

    public IEnumerable<SignalHit> Find(RunView run) =>
        ToolFailure.Unrecovered(run).Select(failure => new SignalHit(
            failure.Step.Index, 1, $"The tool {failure.Call.Name} failed in step {failure.Step.Index} and was never made good: \"{BoundedText.Quote(failure.What)}\"")
        {
            EvidenceSpanIds = failure.Call.SpanId is { } id ? [id] : [],
        });
}
