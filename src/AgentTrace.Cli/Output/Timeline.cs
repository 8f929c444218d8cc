using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;
using Spectre.Console;

namespace AgentTrace.Cli.Output;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>Draws a run as one line a step, with when it ran, what its agent did, and the decisive step marked.</summary>
internal static class Timeline
{
    private const int BarWidth = 24;

    public static void Write(IAnsiConsole console, RunRecord record)
    {
        AgentRun run = record.Run;
        string outcome = run.Outcome == RunOutcome.Failure ? $"[red]FAILED[/]: {TerminalText.MarkupLine(run.OutcomeReason ?? "no reason given")}" : "[green]SUCCEEDED[/]";
        console.MarkupLine($"{outcome}   [grey]trace {run.Id}, {record.Spans} spans[/]");
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().RightAligned())
            .AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (Step step in run.Steps)
            AddStep(grid, run, step, record.Attribution);
        console.Write(grid);
        if (record.Attribution is { } verdict)
            WriteVerdict(console, verdict);
    }

    private static void AddStep(Grid grid, AgentRun run, Step step, FailureAttribution? verdict)
    {
        bool decisive = verdict?.Step == step.Index;
        string color = decisive ? "red" : "default";
        string handoff = step.HandoffTo is { } to ? $" [grey]→ {TerminalText.MarkupLine(to)}[/]" : "";
        string tools = string.Concat(step.ToolCalls.Select(call =>
            call.Error is null ? $"[green]✓ {TerminalText.MarkupLine(call.Name)}[/]  " : $"[red]✗ {TerminalText.MarkupLine(call.Name)}[/]  "));
        string error = step.Error is null ? "" : $"[red]✗ {Markup.Escape(Shorten(step.Error))}[/]  ";
        grid.AddRow(
            decisive ? "[bold red]►[/]" : " ",
            string.Create(CultureInfo.InvariantCulture, $"[{color}]{step.Index}[/]"),
            $"[{color}]{TerminalText.MarkupLine(step.Agent)}[/]",
            $"[{(decisive ? "red" : "blue")}]{Bar(run, step)}[/]",
            $"{(decisive ? "[bold red]DECISIVE ERROR[/]  " : "")}{tools}{error}{Markup.Escape(Shorten(step.Output))}{handoff}");
    }

    private static void WriteVerdict(IAnsiConsole console, FailureAttribution verdict)
    {
        string who = verdict.Verdict switch
        {
            AttributionVerdict.DecisiveError => $"{verdict.Agent}, step {verdict.Step}",
            AttributionVerdict.NoAgentAtFault => "no agent at fault",
            _ => "abstained: the evidence is too thin to name anyone",
        };
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"  [bold]{TerminalText.MarkupLine(who)}[/] [grey](confidence {verdict.Confidence:0.00}, {verdict.Method}, {verdict.Cost.JudgeCalls} model calls)[/]"));
        console.Write(new Padder(new Text(TerminalText.Line(verdict.Reason)), new Padding(2, 0, 0, 0)));
    }

    private static string Bar(AgentRun run, Step step)
    {
        if (run.StartTime is not { } start || run.EndTime is not { } end || step.StartTime is not { } from || step.EndTime is not { } to || end <= start)
            return "";
        double scale = BarWidth / (end - start).TotalMilliseconds;
        int before = Math.Clamp((int)((from - start).TotalMilliseconds * scale), 0, BarWidth - 1);
        int length = Math.Clamp((int)Math.Round((to - from).TotalMilliseconds * scale), 1, BarWidth - before);
        return new string('·', before) + new string('█', length) + new string('·', BarWidth - before - length);
    }

    private static string Shorten(string text)
    {
        const int longest = 60;
        string line = TerminalText.Line(text);
        return line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 1), "…");
    }
}
