using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Budgets;
using AgentTrace.Attribution.Judges.Prompts;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>What a question costs: the share of what is left of the budget that it would take, by the limit that is nearest.</summary>
/// <remarks>With a limit of calls alone, or none, all questions cost the same; with one of tokens or money, a short prompt is worth more questions.</remarks>
internal sealed class QuestionCost(AgentRun run, JudgeSession session, BayesianSearchOptions options)
{
    private readonly long[]? _tokens = options.Budget is { MaxTokens: null, MaxCost: null }
        ? null
        : [.. run.Steps.Select(step => TokenEstimate.Of(StepText.Content(step)))];

    public double Of(SearchQuestion question)
    {
        if (_tokens is null)
            return 1;
        long total = 200;
        for (int i = 0; i < _tokens.Length; i++)
            total += Math.Min(_tokens[i], SearchPrompt.CharactersOf(question, i, options.MaxStepCharacters) / 4) + 20;
        return Math.Max(session.ShareOf(total), 1e-6);
    }
}
