using System.Globalization;
using AgentTrace.Attribution.Judges.Prompts;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Writes one question of the search; what it does not turn on is shown by its gist, since tokens cost.</summary>
internal static class SearchPrompt
{
    private const int Gist = 400;

    public static string Write(RunPrompt prompt, SearchQuestion question, int steps) =>
        prompt.Write(0, steps - 1, step => CharactersOf(question, step, int.MaxValue), Ask(prompt, question));

    /// <summary>How much of a step the question shows.</summary>
    public static int CharactersOf(SearchQuestion question, int step, int most) => IsNear(question, step) ? most : Math.Min(Gist, most);

    /// <summary>For a threshold all that comes up to it and the end; for one step it, what led to it and what was made of it.</summary>
    private static bool IsNear(SearchQuestion question, int step) => question.Kind == SearchQuestionKind.AtOrBefore
        ? step <= question.Step + 1
        : Math.Abs(step - question.Step) <= 1;

    private static string Ask(RunPrompt prompt, SearchQuestion question)
    {
        string step = question.Step.ToString(CultureInfo.InvariantCulture);
        string asked = question.Kind == SearchQuestionKind.AtOrBefore
            ? $"Is the decisive error in one of the steps 0 to {step}, rather than in a later step?"
            : $"Is step {step} of {prompt.AgentOf(question.Step)} the decisive error?";
        return asked + " Answer \"yes\" or \"no\" and nothing else.";
    }
}
