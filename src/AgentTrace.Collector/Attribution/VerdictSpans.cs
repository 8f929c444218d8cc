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
/// Ids are derived from the trace and the revision: the same verdict sent twice is the same span. A sent span cannot be taken back: a later
/// revision names the one it supersedes.
/// </remarks>
internal static class VerdictSpans
{
    public const string ServiceName = "agenttrace-collector";

    /// <param name="verdict">The verdict.</param>
    /// <param name="withMark">False where the culprit's own span carries the verdict already.</param>
    public static byte[] Encode(Verdict verdict, bool withMark = true)
    {
        AgentRun run = verdict.Run;
        DateTimeOffset end = run.EndTime ?? verdict.At;
        var writer = new OtlpSpanWriter(ServiceName, ActivitySources.Attribution);
        writer.Begin(run.Id, verdict.SpanId, run.RootSpanId, AttributionAttributes.AttributeFailureSpan, end, end + verdict.Took);
        WriteVerdict(writer.Attribute, verdict);
        writer.Attribute(AttributionAttributes.AttributedAt, verdict.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.Attribute(AttributionAttributes.Ranking, VerdictRanking.ToJson(verdict.Attribution.Ranking));
        writer.Attribute(AttributionAttributes.EvidenceSpanIds, verdict.Attribution.EvidenceSpanIds);
        writer.Event(GenAiAttributes.EvaluationResultEvent, end + verdict.Took, [.. Evaluation(verdict)]);
        writer.End();

        if (withMark && verdict.Culprit is { SpanId: { } culpritSpan } culprit)
        {
            writer.Begin(run.Id, SpanIds.Derive(run.Id, AttributionAttributes.DecisiveErrorSpan, verdict.Revision), culpritSpan,
                AttributionAttributes.DecisiveErrorSpan, culprit.StartTime ?? end, culprit.EndTime ?? end);
            writer.Attribute(AttributionAttributes.Decisive, true);
            WriteVerdict(writer.Attribute, verdict);
            writer.Status(SpanStatus.Error, verdict.Attribution.Reason);
            writer.End();
        }

        return writer.ToRequest();
    }

    /// <summary>The verdict as attribute fields of a span's message, to be added to the culprit's own.</summary>
    public static byte[] EncodeAttributes(Verdict verdict)
    {
        var writer = new ProtobufWriter();
        void Attribute(string key, object value) => OtlpSpanWriter.KeyValue(writer, OtlpFields.Span.Attributes, key, value);
        Attribute(AttributionAttributes.Decisive, true);
        WriteVerdict(Attribute, verdict);
        return writer.ToArray();
    }

    /// <summary>The verdict in the words of the GenAI conventions' evaluation event.</summary>
    public static IReadOnlyList<(string Key, object Value)> Evaluation(Verdict verdict) =>
    [
        (GenAiAttributes.EvaluationName, AttributionAttributes.EvaluationName),
        (GenAiAttributes.EvaluationScoreValue, verdict.Attribution.Confidence),
        (GenAiAttributes.EvaluationScoreLabel, NameOf(verdict.Attribution.Verdict)),
        (GenAiAttributes.EvaluationExplanation, verdict.Attribution.Reason),
    ];

    public static void WriteVerdict(Action<string, object> attribute, Verdict verdict)
    {
        FailureAttribution attribution = verdict.Attribution;
        attribute(AttributionAttributes.Verdict, NameOf(attribution.Verdict));
        attribute(AttributionAttributes.Method, attribution.Method);
        attribute(AttributionAttributes.MethodVersion, attribution.MethodVersion);
        if (verdict.Culprit is { } culprit)
        {
            attribute(AttributionAttributes.Agent, culprit.Agent);
            attribute(AttributionAttributes.Step, culprit.Index);
            attribute(AttributionAttributes.Category, verdict.Category);
        }

        if (verdict.Culprit?.SpanId is { } spanId)
            attribute(AttributionAttributes.CulpritSpanId, spanId);
        attribute(AttributionAttributes.Confidence, attribution.Confidence);
        attribute(AttributionAttributes.Reason, attribution.Reason);
        attribute(AttributionAttributes.JudgeCalls, attribution.Cost.JudgeCalls);
        attribute(AttributionAttributes.JudgeInputTokens, attribution.Cost.InputTokens);
        attribute(AttributionAttributes.JudgeOutputTokens, attribution.Cost.OutputTokens);
        attribute(AttributionAttributes.Revision, verdict.Revision);
        if (verdict.Supersedes is { } earlier)
            attribute(AttributionAttributes.Supersedes, earlier);
        if (verdict.Incomplete.Count > 0)
            attribute(AttributionAttributes.Incomplete, verdict.Incomplete);
    }

    public static string NameOf(AttributionVerdict verdict) => verdict switch
    {
        AttributionVerdict.DecisiveError => AttributionAttributes.DecisiveErrorVerdict,
        AttributionVerdict.NoAgentAtFault => AttributionAttributes.NoAgentAtFaultVerdict,
        _ => AttributionAttributes.AbstainedVerdict,
    };
}
