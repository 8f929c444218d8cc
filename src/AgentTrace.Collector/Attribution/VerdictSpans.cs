using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Attribution;

/// <summary>
/// Writes a verdict as two late spans of the run's own trace: <c>attribute_failure</c> under the root with the whole verdict, and
/// <c>decisive_error</c>, status ERROR, under the culprit's span.
/// </summary>
/// <remarks>
/// Backends draw a trace from its first to its last time, so the spans stand at the run's own times; when the verdict was reached is an attribute.
/// Ids are derived from the trace: the same verdict sent twice is the same span.
/// </remarks>
internal static class VerdictSpans
{
    private const string ServiceName = "agenttrace-collector";

    public static byte[] Encode(AgentRun run, FailureAttribution verdict, TimeSpan took, DateTimeOffset now)
    {
        Step? culprit = verdict.Step is { } index ? run.Steps[index] : null;
        DateTimeOffset end = run.EndTime ?? now;
        var writer = new OtlpSpanWriter(ServiceName, ActivitySources.Attribution);
        writer.Begin(run.Id, SpanIds.Derive(run.Id, AttributionAttributes.AttributeFailureSpan), run.RootSpanId, AttributionAttributes.AttributeFailureSpan, end, end + took);
        WriteVerdict(writer, verdict, culprit);
        writer.Attribute(AttributionAttributes.AttributedAt, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.Attribute(AttributionAttributes.Ranking, VerdictRanking.ToJson(verdict.Ranking));
        writer.Attribute(AttributionAttributes.EvidenceSpanIds, verdict.EvidenceSpanIds);
        WriteEvaluation(writer, verdict, end + took);
        writer.End();

        if (culprit?.SpanId is { } culpritSpan)
        {
            writer.Begin(run.Id, SpanIds.Derive(run.Id, AttributionAttributes.DecisiveErrorSpan), culpritSpan, AttributionAttributes.DecisiveErrorSpan,
                culprit.StartTime ?? end, culprit.EndTime ?? end);
            writer.Attribute(AttributionAttributes.Decisive, true);
            WriteVerdict(writer, verdict, culprit);
            writer.Status(SpanStatus.Error, verdict.Reason);
            writer.End();
        }

        return writer.ToRequest();
    }

    private static void WriteVerdict(OtlpSpanWriter writer, FailureAttribution verdict, Step? culprit)
    {
        writer.Attribute(AttributionAttributes.Verdict, NameOf(verdict.Verdict));
        writer.Attribute(AttributionAttributes.Method, verdict.Method);
        writer.Attribute(AttributionAttributes.MethodVersion, verdict.MethodVersion);
        if (culprit is not null)
        {
            writer.Attribute(AttributionAttributes.Agent, culprit.Agent);
            writer.Attribute(AttributionAttributes.Step, culprit.Index);
        }

        if (culprit?.SpanId is { } spanId)
            writer.Attribute(AttributionAttributes.CulpritSpanId, spanId);
        writer.Attribute(AttributionAttributes.Confidence, verdict.Confidence);
        writer.Attribute(AttributionAttributes.Reason, verdict.Reason);
        writer.Attribute(AttributionAttributes.JudgeCalls, verdict.Cost.JudgeCalls);
        writer.Attribute(AttributionAttributes.JudgeInputTokens, verdict.Cost.InputTokens);
        writer.Attribute(AttributionAttributes.JudgeOutputTokens, verdict.Cost.OutputTokens);
    }

    private static void WriteEvaluation(OtlpSpanWriter writer, FailureAttribution verdict, DateTimeOffset at) =>
        writer.Event(GenAiAttributes.EvaluationResultEvent, at,
            (GenAiAttributes.EvaluationName, AttributionAttributes.EvaluationName),
            (GenAiAttributes.EvaluationScoreValue, verdict.Confidence),
            (GenAiAttributes.EvaluationScoreLabel, NameOf(verdict.Verdict)),
            (GenAiAttributes.EvaluationExplanation, verdict.Reason));

    private static string NameOf(AttributionVerdict verdict) => verdict switch
    {
        AttributionVerdict.DecisiveError => AttributionAttributes.DecisiveErrorVerdict,
        AttributionVerdict.NoAgentAtFault => AttributionAttributes.NoAgentAtFaultVerdict,
        _ => AttributionAttributes.AbstainedVerdict,
    };
}
