namespace AgentTrace.Conventions;

/// <summary>Names of the spans and attributes in which a verdict on a failed run is written into its own trace.</summary>
public static class AttributionAttributes
{
    /// <summary>Span under the run's root: the whole verdict.</summary>
    public const string AttributeFailureSpan = "attribute_failure";

    /// <summary>Span under the culprit's span, status ERROR: the decisive error happened here.</summary>
    public const string DecisiveErrorSpan = "decisive_error";

    /// <summary>The attributor's name, for example <c>structural</c>.</summary>
    public const string Method = "agenttrace.attribution.method";

    /// <summary>The attributor's version.</summary>
    public const string MethodVersion = "agenttrace.attribution.method.version";

    /// <summary>What was decided: <c>decisive_error</c>, <c>no_agent_at_fault</c> or <c>abstained</c>.</summary>
    public const string Verdict = "agenttrace.attribution.verdict";

    /// <summary>The responsible agent's name.</summary>
    public const string Agent = "agenttrace.attribution.agent";

    /// <summary>0-based index of the decisive step (integer).</summary>
    public const string Step = "agenttrace.attribution.step";

    /// <summary>Probability 0..1 that the step named is the decisive one.</summary>
    public const string Confidence = "agenttrace.attribution.confidence";

    /// <summary>Why, in words.</summary>
    public const string Reason = "agenttrace.attribution.reason";

    /// <summary>True on <see cref="DecisiveErrorSpan"/>: <c>{ span.agenttrace.attribution.decisive = true }</c> finds them.</summary>
    public const string Decisive = "agenttrace.attribution.decisive";

    /// <summary>Hex id of the culprit's span.</summary>
    public const string CulpritSpanId = "agenttrace.attribution.culprit_span_id";

    /// <summary>Steps by falling probability, a JSON array of <c>{step, agent, probability}</c>; the first twenty.</summary>
    public const string Ranking = "agenttrace.attribution.ranking";

    /// <summary>Hex ids of the spans that the verdict rests on (array of strings).</summary>
    public const string EvidenceSpanIds = "agenttrace.attribution.evidence_span_ids";

    /// <summary>How often a model was asked (integer).</summary>
    public const string JudgeCalls = "agenttrace.attribution.judge.calls";

    /// <summary>Tokens sent to the model (integer).</summary>
    public const string JudgeInputTokens = "agenttrace.attribution.judge.input_tokens";

    /// <summary>Tokens the model answered with (integer).</summary>
    public const string JudgeOutputTokens = "agenttrace.attribution.judge.output_tokens";

    /// <summary>When the verdict was reached, ISO 8601 in UTC: its spans stand where the run stood, not where the clock did.</summary>
    public const string AttributedAt = "agenttrace.attribution.attributed_at";

    /// <summary>What kind of failure the culprit's step shows: <c>tool_error</c>, <c>turn_error</c>, <c>abandoned</c> or <c>answer</c>.</summary>
    public const string Category = "agenttrace.attribution.category";

    /// <summary>1 for a run's first verdict, one more for each that late spans brought about (integer). The highest counts.</summary>
    public const string Revision = "agenttrace.attribution.revision";

    /// <summary>Hex id of the <see cref="AttributeFailureSpan"/> of the earlier verdict that this one takes the place of.</summary>
    public const string Supersedes = "agenttrace.attribution.supersedes";

    /// <summary>What the trace lacked when it was judged, in words (array of strings); absent for a whole one.</summary>
    public const string Incomplete = "agenttrace.attribution.incomplete";

    /// <summary>Value of <see cref="GenAiAttributes.EvaluationName"/> on the event that repeats the verdict in the GenAI conventions' words.</summary>
    public const string EvaluationName = "failure_attribution";

    /// <summary>Value of <see cref="Verdict"/>: a step and an agent are named.</summary>
    public const string DecisiveErrorVerdict = "decisive_error";

    /// <summary>Value of <see cref="Verdict"/>: the run failed through no agent's error.</summary>
    public const string NoAgentAtFaultVerdict = "no_agent_at_fault";

    /// <summary>Value of <see cref="Verdict"/>: the evidence is too thin to name anyone.</summary>
    public const string AbstainedVerdict = "abstained";
}
