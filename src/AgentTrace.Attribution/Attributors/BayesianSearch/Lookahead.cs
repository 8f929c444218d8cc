namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>How probable the likeliest step can be expected to be after the best next questions: what a search with few calls left should maximise.</summary>
/// <remarks>
/// Works on unnormalised weights: the expectation over answers is then a plain sum. The last question is taken over all candidates in one pass,
/// since only the highest weight on either side of a threshold, or the two highest of all, matter.
/// </remarks>
internal sealed class Lookahead(AnswerRates rates, IReadOnlyList<SearchQuestion> candidates, Func<SearchQuestion, double> cost)
{
    /// <summary>The question with the highest expectation, less what it costs; null when there is none to ask.</summary>
    public SearchQuestion? Best(double[] weights, int depth)
    {
        bool[] asked = new bool[candidates.Count];
        double[][] rooms = [.. Enumerable.Range(0, depth * 2).Select(_ => new double[weights.Length])];
        double now = weights.Max(), best = double.NegativeInfinity;
        SearchQuestion? choice = null;
        for (int q = 0; q < candidates.Count; q++)
        {
            asked[q] = true;
            double gain = (After(weights, candidates[q], depth - 1, asked, rooms) - now) / cost(candidates[q]);
            asked[q] = false;
            if (gain > best + 1e-12)
                (best, choice) = (gain, candidates[q]);
        }

        return choice;
    }

    private double After(double[] weights, SearchQuestion question, int depth, bool[] asked, double[][] rooms)
    {
        (double whenTrue, double whenFalse) = rates.For(question.Kind);
        double[] yes = rooms[depth * 2], no = rooms[(depth * 2) + 1];
        for (int i = 0; i < weights.Length; i++)
        {
            yes[i] = weights[i] * (question.IsTrueFor(i) ? whenTrue : whenFalse);
            no[i] = weights[i] - yes[i];
        }

        return Value(yes, depth, asked, rooms) + Value(no, depth, asked, rooms);
    }

    private double Value(double[] weights, int depth, bool[] asked, double[][] rooms)
    {
        if (depth == 0)
            return Highest(weights);
        if (depth == 1)
            return LastQuestion(weights, asked);
        double best = Highest(weights);
        for (int q = 0; q < candidates.Count; q++)
        {
            if (asked[q])
                continue;
            asked[q] = true;
            best = Math.Max(best, After(weights, candidates[q], depth - 1, asked, rooms));
            asked[q] = false;
        }

        return best;
    }

    private double LastQuestion(double[] weights, bool[] asked)
    {
        int n = weights.Length;
        Span<double> before = n <= 512 ? stackalloc double[n] : new double[n];
        Span<double> after = n <= 512 ? stackalloc double[n] : new double[n];
        double first = 0, second = 0;
        int top = 0;
        for (int i = 0; i < n; i++)
        {
            before[i] = i == 0 ? weights[0] : Math.Max(before[i - 1], weights[i]);
            if (weights[i] > first)
                (second, first, top) = (first, weights[i], i);
            else if (weights[i] > second)
                second = weights[i];
        }

        after[n - 1] = 0;
        for (int i = n - 2; i >= 0; i--)
            after[i] = Math.Max(after[i + 1], weights[i + 1]);

        double best = first;
        for (int q = 0; q < candidates.Count; q++)
        {
            if (asked[q])
                continue;
            int step = candidates[q].Step;
            (double whenTrue, double whenFalse) = rates.For(candidates[q].Kind);
            (double inside, double outside) = candidates[q].Kind == SearchQuestionKind.AtOrBefore
                ? (before[step], after[step])
                : (weights[step], step == top ? second : first);
            best = Math.Max(best, Math.Max(inside * whenTrue, outside * whenFalse) + Math.Max(inside * (1 - whenTrue), outside * (1 - whenFalse)));
        }

        return best;
    }

    private static double Highest(double[] weights)
    {
        double highest = 0;
        foreach (double weight in weights)
            highest = Math.Max(highest, weight);
        return highest;
    }
}
