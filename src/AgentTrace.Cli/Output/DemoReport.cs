using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Cli.Demo;
using AgentTrace.Collector.Forwarding;
using Spectre.Console;

namespace AgentTrace.Cli.Output;

/// <summary>Shows what the demo found, for people or as JSON.</summary>
internal static class DemoReport
{
    public static string ToJson(IReadOnlyList<DemoRun> runs) => JsonOutput.Write(json =>
    {
        json.WriteStartArray("runs");
        foreach (DemoRun run in runs)
        {
            json.WriteStartObject();
            json.WriteString("scenario", run.Scenario.Name);
            json.WriteString("outcome", run.Record.Run.Outcome.ToString().ToLowerInvariant());
            JsonOutput.Blame(json, "expected", run.Scenario.ExpectedAgent, run.Scenario.ExpectedStep);
            JsonOutput.Attribution(json, "attributed", run.Record.Attribution);
            json.WriteString("traceId", run.Record.Run.Id);
            json.WriteNumber("spans", run.Record.Spans);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void Write(IReadOnlyList<DemoRun> runs, IAnsiConsole console, Uri collector, IReadOnlyList<ForwardingEndpoint> forward, bool stays)
    {
        foreach (DemoRun run in runs)
        {
            console.WriteLine();
            console.Write(new Rule($"[bold]{Markup.Escape(run.Scenario.Name)}[/]: {Markup.Escape(run.Scenario.Title)}") { Justification = Justify.Left });
            Timeline.Write(console, run.Record);
        }

        console.WriteLine();
        int named = runs.Count(run => run.IsAsExpected && run.Record.Attribution?.Verdict == AttributionVerdict.DecisiveError);
        int planted = runs.Count(run => run.Scenario.ExpectedStep is not null);
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{named} of {planted} planted errors named; the verdicts are spans of the same traces.[/]"));
        if (stays)
            console.MarkupLineInterpolated($"Open the culprit:   [underline]{CulpritsPage(runs, collector)}[/]   (Ctrl+C ends)");
        if (forward.Count == 0)
            console.WriteLine("See them in Jaeger: agenttrace demo --forward http://localhost:4318   (or grpc://localhost:4317)");
        foreach (ForwardingEndpoint endpoint in forward)
            console.MarkupLineInterpolated($"Passed on to:       {endpoint}");
        console.WriteLine("In your own app:    see README.md, \"Add it to your app\"");
    }

    /// <summary>The page of the first run with a culprit: the one that is worth a look.</summary>
    public static Uri CulpritsPage(IReadOnlyList<DemoRun> runs, Uri collector) =>
        new(collector, $"runs/{(runs.FirstOrDefault(run => run.Record.Attribution?.Step is not null) ?? runs[^1]).Record.Run.Id}");
}
