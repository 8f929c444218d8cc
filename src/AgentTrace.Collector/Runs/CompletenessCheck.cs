using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Runs;

/// <summary>Looks for what a run lacks before anyone in it is blamed: the culprit's own span may be what never came.</summary>
/// <remarks>
/// The factors are set by hand: each is about the share of the run that can be seen. Real instrumentations leave such gaps: some never end the
/// span of a call that failed, batches are dropped, and an upstream service may not be traced at all.
/// </remarks>
internal static class CompletenessCheck
{
    private const double WithoutEnd = 0.7;
    private const double SilentFailure = 0.5;

    public static Completeness Of(AgentRun run, IReadOnlyCollection<AgentSpan> spans, CompleteRun gathered)
    {
        var findings = new List<string>();
        double factor = 1;
        int unseen = 0;

        int orphans = MissingParents(spans, gathered.HasEnded);
        if (orphans > 0)
        {
            findings.Add($"{Count(orphans, "parent span")} never came");
            factor *= (double)spans.Count / (spans.Count + orphans);
            unseen += orphans;
        }

        int turns = MissingTurns(spans);
        if (turns > 0)
        {
            findings.Add($"{Count(turns, "turn")} missing from the order of turns");
            factor *= (double)run.Steps.Count / (run.Steps.Count + turns);
            unseen += turns;
        }

        if (gathered.LeftOut > 0)
        {
            findings.Add($"{Count(gathered.LeftOut, "span")} left out because the run is larger than the collector keeps");
            factor *= (double)spans.Count / (spans.Count + gathered.LeftOut);
        }

        if (!gathered.HasEnded)
        {
            findings.Add("the span that ends the run never came");
            factor *= WithoutEnd;
        }

        bool silent = FailedSilently(run, spans);
        if (silent)
        {
            findings.Add("the run ended in an error, and no span below it did: the one that failed may never have come");
            factor *= SilentFailure;
        }

        if (findings.Count == 0)
            return Completeness.Whole;
        bool enough = !(silent && unseen > 0) && turns <= run.Steps.Count && gathered.LeftOut <= spans.Count;
        return new Completeness(findings, factor, enough);
    }

    /// <summary>Parents that are named and absent. One above the outermost span of a run that has ended is another service's: nothing is missing then.</summary>
    private static int MissingParents(IReadOnlyCollection<AgentSpan> spans, bool hasEnded)
    {
        var known = spans.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        int missing = spans.Select(span => span.ParentSpanId).Where(parent => parent is not null && !known.Contains(parent)).Distinct(StringComparer.Ordinal).Count();
        bool hasRoot = spans.Any(span => span.ParentSpanId is null);
        return missing > 0 && hasEnded && !hasRoot ? missing - 1 : missing;
    }

    /// <summary>Holes in agenttrace.turn.index, which counts from 0.</summary>
    private static int MissingTurns(IReadOnlyCollection<AgentSpan> spans)
    {
        HashSet<long> seen = [.. spans.Select(span => span.WholeNumber(AgentTraceAttributes.TurnIndex)).OfType<long>().Where(index => index >= 0)];
        return seen.Count == 0 ? 0 : (int)Math.Min(int.MaxValue, seen.Max() + 1 - seen.Count);
    }

    private static bool FailedSilently(AgentRun run, IReadOnlyCollection<AgentSpan> spans) =>
        // A run whose app says that it failed needs no span that did: its answer was wrong.
        spans.Any(span => span.SpanId == run.RootSpanId && span.Status == SpanStatus.Error && span.Text(AgentTraceAttributes.RunOutcome) is null)
        && run.Steps.All(step => step.SpanId != run.RootSpanId)
        && !spans.Any(span => span.SpanId != run.RootSpanId && (span.Status == SpanStatus.Error || span.Text(OpenTelemetryAttributes.ErrorType) is not null));

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
