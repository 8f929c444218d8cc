namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Chooses the next question.</summary>
/// <remarks>
/// Far from the end the question that tells most for its cost; in the last few the one after which the likeliest step can be expected to be most
/// probable, looking ahead to the end: telling much and naming the right step are not the same. No question is asked twice: a model that is asked
/// again repeats itself, and its second answer would count as if it were independent.
/// </remarks>
internal sealed class QuestionPolicy(AnswerRates rates, int steps, Func<SearchQuestion, double> cost)
{
    private const int FullSearch = 12;
    private const int LikelySteps = 8;
    private readonly HashSet<SearchQuestion> _asked = [];

    /// <summary>The next question; null when there is none left that could change the verdict's probability.</summary>
    /// <param name="probabilities">The posterior, [steps + 1].</param>
    /// <param name="callsLeft">How many more may be asked, at least 1.</param>
    public SearchQuestion? Next(double[] probabilities, int callsLeft)
    {
        List<SearchQuestion> open = [.. All().Where(question => !_asked.Contains(question))];
        int deep = steps <= FullSearch ? 4 : 3;
        SearchQuestion? choice = callsLeft <= deep
            ? new Lookahead(rates, Likely(open, probabilities), cost).Best(probabilities, callsLeft)
            : MostTelling(open, probabilities);
        if (choice is { } question)
            _asked.Add(question);
        return choice;
    }

    private SearchQuestion? MostTelling(List<SearchQuestion> open, double[] probabilities)
    {
        SearchQuestion? choice = null;
        double best = 1e-9;
        foreach (SearchQuestion question in open)
        {
            double worth = Information.Expected(probabilities, question, rates) / cost(question);
            if (worth > best)
                (best, choice) = (worth, question);
        }

        return choice;
    }

    private IEnumerable<SearchQuestion> All()
    {
        for (int step = 0; step < steps; step++)
        {
            yield return new(SearchQuestionKind.AtOrBefore, step);
            yield return new(SearchQuestionKind.IsDecisive, step);
        }
    }

    /// <summary>For long runs, the questions about the likeliest steps and the borders beside them alone: looking ahead takes all pairs of questions and more.</summary>
    private List<SearchQuestion> Likely(List<SearchQuestion> open, double[] probabilities)
    {
        if (steps <= FullSearch)
            return open;
        HashSet<int> likely = [.. Enumerable.Range(0, steps).OrderByDescending(step => probabilities[step]).Take(LikelySteps)];
        return [.. open.Where(question => likely.Contains(question.Step)
            || (question.Kind == SearchQuestionKind.AtOrBefore && likely.Contains(question.Step + 1)))];
    }
}
