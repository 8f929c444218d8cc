namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>How much one answer is expected to tell about where the error is, in bits.</summary>
internal static class Information
{
    public static double Expected(double[] probabilities, SearchQuestion question, AnswerRates rates)
    {
        double holds = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (question.IsTrueFor(i))
                holds += probabilities[i];
        }

        (double whenTrue, double whenFalse) = rates.For(question.Kind);
        double yes = (holds * whenTrue) + ((1 - holds) * whenFalse);
        return Entropy(yes) - (holds * Entropy(whenTrue)) - ((1 - holds) * Entropy(whenFalse));
    }

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -((p * Math.Log2(p)) + ((1 - p) * Math.Log2(1 - p)));
}
