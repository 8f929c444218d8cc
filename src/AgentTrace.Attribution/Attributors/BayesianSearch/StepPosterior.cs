using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>How probable each step is after the answers so far; the last place stands for no agent at fault.</summary>
internal sealed class StepPosterior
{
    public StepPosterior(int steps, IReadOnlyList<StepBlame> prior, BayesianSearchOptions options)
    {
        Probabilities = new double[steps + 1];
        foreach (StepBlame blame in prior)
        {
            if (blame.Step >= 0 && blame.Step < steps && blame.Probability > 0)
                Probabilities[blame.Step] = Math.Pow(blame.Probability, options.PriorSharpness);
        }

        double sum = Probabilities.Sum();
        for (int i = 0; i < steps; i++)
        {
            double known = sum > 0 && double.IsFinite(sum) ? Probabilities[i] / sum : 1.0 / steps;
            Probabilities[i] = (1 - options.NoAgentAtFaultPrior) * (((1 - options.PriorFloor) * known) + (options.PriorFloor / steps));
        }

        Probabilities[steps] = options.NoAgentAtFaultPrior;
    }

    /// <summary>[steps + 1], sums to 1.</summary>
    public double[] Probabilities { get; }

    /// <summary>The likeliest place; among equals the first.</summary>
    public int Top => Array.IndexOf(Probabilities, Probabilities.Max());

    /// <summary>Bayes' rule for one answer.</summary>
    public void Learn(SearchQuestion question, bool yes, JudgeReliability reliability)
    {
        AnswerCounts counts = question.Kind == SearchQuestionKind.AtOrBefore ? reliability.AtOrBefore : reliability.IsDecisive;
        double whenTrue = counts.ProbabilityOfYes(true), whenFalse = counts.ProbabilityOfYes(false);
        if (!yes)
            (whenTrue, whenFalse) = (1 - whenTrue, 1 - whenFalse);
        double sum = 0;
        for (int i = 0; i < Probabilities.Length; i++)
            sum += Probabilities[i] *= question.IsTrueFor(i) ? whenTrue : whenFalse;
        for (int i = 0; i < Probabilities.Length; i++)
            Probabilities[i] /= sum;
    }

    public IReadOnlyList<StepBlame> Ranking(IReadOnlyList<Step> steps) =>
        [.. steps.Select(step => new StepBlame(step.Index, step.Agent, Probabilities[step.Index]))
            .OrderByDescending(blame => blame.Probability)
            .ThenBy(blame => blame.Step)];
}
