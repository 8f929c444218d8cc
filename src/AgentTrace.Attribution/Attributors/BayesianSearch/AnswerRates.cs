using AgentTrace.Attribution.Judges.Reliability;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>The probabilities of a yes that the choice of questions reckons with.</summary>
internal readonly record struct AnswerRates(double OrderTrue, double OrderFalse, double StepTrue, double StepFalse)
{
    public static AnswerRates Of(JudgeReliability reliability) => new(
        reliability.AtOrBefore.ProbabilityOfYes(true), reliability.AtOrBefore.ProbabilityOfYes(false),
        reliability.IsDecisive.ProbabilityOfYes(true), reliability.IsDecisive.ProbabilityOfYes(false));

    public (double WhenTrue, double WhenFalse) For(SearchQuestionKind kind) =>
        kind == SearchQuestionKind.AtOrBefore ? (OrderTrue, OrderFalse) : (StepTrue, StepFalse);
}
