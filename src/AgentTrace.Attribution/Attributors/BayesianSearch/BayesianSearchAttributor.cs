using System.Numerics;
using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Starts from what another method finds probable, asks a model where that tells most, and weighs its answers by how reliable it was measured to be.</summary>
/// <remarks>
/// Two kinds of question: "is the decisive error at or before step m?" and "is step k it?". Answers are fused by Bayes' rule and taken to be
/// independent, which holds better for different questions than for repeated ones: none is asked twice. The search stops when a step is sure
/// enough, when no question could tell more, or when the budget ends; the verdict is then the likeliest step, its probability the confidence.
/// </remarks>
public sealed class BayesianSearchAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "bayesian-search";

    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly IFailureAttributor _prior;
    private readonly JudgeReliability _reliability;
    private readonly BayesianSearchOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="prior">Whose ranking the search starts from, for example the structural method.</param>
    /// <param name="reliability">How far the judge's answers can be trusted: measured on other runs, or <see cref="JudgeReliability.Unmeasured"/>.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public BayesianSearchAttributor(IChatClient judge, IFailureAttributor prior, JudgeReliability reliability, BayesianSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(reliability);
        _judge = judge;
        _prior = prior;
        _reliability = reliability;
        _options = options ?? new BayesianSearchOptions();
        _options.Check();
    }

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public async ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        if (run.Steps.Count == 0)
            return Verdicts.NoSteps();

        int steps = run.Steps.Count;
        FailureAttribution start = await _prior.AttributeAsync(run, cancellationToken).ConfigureAwait(false);
        StepPosterior posterior = new(steps, start.Ranking, _options);
        JudgeSession session = new(_judge, run, _options);
        SearchLog log = new(start, _reliability);
        QuestionCost cost = new(run, session, _options);
        QuestionPolicy policy = new(AnswerRates.Of(_reliability), steps, cost.Of);
        for (int left = MostCalls(steps); left > 0 && posterior.Probabilities.Max() < _options.SureAt; left--)
        {
            if (policy.Next(posterior.Probabilities, left) is not { } question)
                break;
            int callsBefore = session.Cost.JudgeCalls;
            if (await SearchQuestionAsker.AskAsync(session, question, steps, cancellationToken).ConfigureAwait(false) is { } yes)
            {
                posterior.Learn(question, yes, _reliability);
                log.Add(question, yes);
            }
            else if (session.Cost.JudgeCalls == callsBefore)
            {
                log.BudgetSpent();
                break;
            }
            else
            {
                log.AddUnclear();
            }
        }

        return Conclude(run, posterior, session, log);
    }

    private FailureAttribution Conclude(AgentRun run, StepPosterior posterior, JudgeSession session, SearchLog log)
    {
        IReadOnlyList<StepBlame> ranking = posterior.Ranking(run.Steps);
        int top = posterior.Top;
        if (top == run.Steps.Count)
            return Verdicts.NoAgentAtFault(session, log.NoAgentAtFault(posterior.Probabilities[top]), ranking);
        return posterior.Probabilities[top] < _options.AbstainBelow
            ? Verdicts.Abstain(session, log.TooThin(ranking[0], _options.AbstainBelow), ranking)
            : Verdicts.Blame(session, run.Steps[top], ranking, log.Found(ranking[0]));
    }

    private int MostCalls(int steps)
    {
        int most = _options.CallsPerHalving * (steps < 2 ? 0 : BitOperations.Log2((uint)steps - 1) + 1);
        return _options.Budget.MaxCalls is { } calls ? Math.Min(calls, most) : most;
    }
}
