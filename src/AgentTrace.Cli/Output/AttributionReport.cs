using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Cli.Output;

/// <summary>Shows verdicts on the runs of files, and how they agree with labels where runs have them.</summary>
internal static class AttributionReport
{
    public static string ToJson(IReadOnlyList<AttributedRun> results) => JsonOutput.Write(json =>
    {
        json.WriteStartArray("results");
        foreach (AttributedRun result in results)
        {
            json.WriteStartObject();
            json.WriteString("file", result.File);
            json.WriteString("run", result.Run.Run.Id);
            json.WriteString("outcome", result.Run.Run.Outcome.ToString().ToLowerInvariant());
            json.WriteNumber("steps", result.Run.Run.Steps.Count);
            if (result.Run.Label is { } label)
                JsonOutput.Blame(json, "label", label.Agent, label.Step);
            JsonOutput.Attribution(json, "attributed", result.Attribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string ToText(IReadOnlyList<AttributedRun> results)
    {
        var text = new StringBuilder();
        foreach (AttributedRun result in results)
            Write(text, result);
        WriteAgreement(text, results);
        return text.ToString().TrimEnd();
    }

    private static void Write(StringBuilder text, AttributedRun result)
    {
        text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Line(result.File)}  run {TerminalText.Line(result.Run.Run.Id)}, {result.Run.Run.Steps.Count} steps\n");
        text.Append("  ").Append(result.Attribution switch
        {
            null => "did not fail (--failed attributes it all the same)",
            { Verdict: AttributionVerdict.DecisiveError } v => string.Create(CultureInfo.InvariantCulture,
                $"decisive error: {TerminalText.Line(v.Agent!)}, step {v.Step} (confidence {v.Confidence:0.00}, {v.Method}, {v.Cost.JudgeCalls} model calls)"),
            { Verdict: AttributionVerdict.NoAgentAtFault } => "no agent at fault",
            _ => "abstained",
        }).Append('\n');
        if (result.Attribution is { } attribution)
            text.Append("  why: ").Append(TerminalText.Line(attribution.Reason)).Append('\n');
        if (result.Run.Label is { } label)
            text.Append(CultureInfo.InvariantCulture, $"  label: {TerminalText.Line(label.Agent)}, step {label.Step}\n");
    }

    private static void WriteAgreement(StringBuilder text, IReadOnlyList<AttributedRun> results)
    {
        (FailureAttribution Verdict, RunLabel Label)[] labelled = [.. results
            .Where(result => result is { Attribution: not null, Run.Label: not null })
            .Select(result => (result.Attribution!, result.Run.Label!))];
        if (labelled.Length == 0)
            return;
        int agents = labelled.Count(pair => StrictScore.AgentIsRight(pair.Verdict, pair.Label));
        int steps = labelled.Count(pair => StrictScore.StepIsRight(pair.Verdict, pair.Label));
        text.Append(CultureInfo.InvariantCulture,
            $"\n{labelled.Length} labelled runs: agent right {100.0 * agents / labelled.Length:0.0} %, step right {100.0 * steps / labelled.Length:0.0} % (strict)\n");
    }
}
