using AgentTrace.Cli.Replay;
using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Cli.Output;

/// <summary>Shows what was replayed.</summary>
internal static class ReplayReport
{
    public static string ToJson(IReadOnlyList<ReplayedRun> runs) => JsonOutput.Write(json =>
    {
        json.WriteStartArray("runs");
        foreach (ReplayedRun run in runs)
        {
            json.WriteStartObject();
            json.WriteString("file", run.File);
            json.WriteString("traceId", run.TraceId);
            json.WriteNumber("steps", run.Steps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string ToText(IReadOnlyList<ReplayedRun> runs, ForwardingEndpoint endpoint) =>
        string.Join('\n', [.. runs.Select(run => $"{TerminalText.Line(run.File)}  {run.Steps} steps  trace {run.TraceId}"), $"{runs.Count} run(s) sent to {endpoint}"]);
}
