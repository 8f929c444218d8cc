using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.JudgeAndCheck;

/// <summary>The model proposes a step, then checks it by one question a criterion; what fails is fed back and it proposes again.</summary>
/// <remarks>
/// After RAFFLES, with two rounds. Criteria: there is a fault, it is the first, it was never corrected. What is fed back is which criterion failed,
/// in our words: text of the model's own may have come out of the log. Without a proposal that meets all three, the one that met most is named.
/// At most 8 calls.
/// </remarks>
public sealed class JudgeAndCheckAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "judge-and-check";

    private const int Rounds = 2;

    /// <summary>By criteria met: a proposal that meets all is worth about the method's published step accuracy (AG 51.6 %, HC 22.4 %), others less.</summary>
    private static readonly double[] ConfidenceByPassed = [0.05, 0.1, 0.2, 0.35];

    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly JudgeMethodOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public JudgeAndCheckAttributor(IChatClient judge, JudgeMethodOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _judge = judge;
        _options = options ?? new JudgeMethodOptions();
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
        JudgeSession session = new(_judge, run, _options);
        List<Proposal> proposals = [];
        string trouble = "The budget was spent before there was a proposal: raise it.";
        for (int round = 0; round < Rounds; round++)
        {
            if (await ProposeAsync(session, run, proposals, round, cancellationToken).ConfigureAwait(false) is not { } answer)
                break;
            if (NamedStepAnswer.Read(answer, run, out string problem) is not { } named)
            {
                trouble = $"The model made no proposal that fits the run. {problem}";
                continue;
            }

            if (named.Step is not { } step)
                return Verdicts.NoAgentAtFault(session, $"The model says that no agent is at fault. {named.Reason}".TrimEnd(), StepRanking.Uniform(run.Steps));
            proposals.Add(await CheckAsync(session, run, step, named.Reason, round, cancellationToken).ConfigureAwait(false));
            if (proposals[^1].Passed == Criterion.All.Count)
                break;
        }

        return proposals.Count == 0
            ? Verdicts.Abstain(session, trouble, StepRanking.Uniform(run.Steps))
            : Conclude(session, run, proposals);
    }

    private static FailureAttribution Conclude(JudgeSession session, AgentRun run, List<Proposal> proposals)
    {
        // Of equals the later one: it was made knowing what was wrong with the earlier.
        Proposal best = proposals.OrderBy(proposal => proposal.Passed).Last();
        string objections = best.Objections.Count == 0 ? "" : $" Open objections: {string.Join("; ", best.Objections)}.";
        string reason = $"The model proposed step {best.Step} in {proposals.Count} rounds; it met {best.Passed} of {Criterion.All.Count} criteria.{objections} {best.Reason}";
        return Verdicts.Blame(session, run.Steps[best.Step], StepRanking.Led(run.Steps, best.Step, ConfidenceByPassed[best.Passed]), reason.TrimEnd());
    }

    private static Task<string?> ProposeAsync(JudgeSession session, AgentRun run, List<Proposal> earlier, int round, CancellationToken cancellationToken)
    {
        int last = run.Steps.Count - 1;
        string critique = string.Concat(earlier.Select(proposal =>
            $"Step {proposal.Step} was proposed before and did not hold: {string.Join("; ", proposal.Objections)}. Propose it again only if that is mistaken.\n"));
        return session.AskAsync(
            new JudgeQuestion(MethodName, JudgeQuestionKind.Proposal, 0, last, round), () => session.Prompt.Write(0, last, critique + ProposalQuestion.Text), cancellationToken);
    }

    private static async Task<Proposal> CheckAsync(JudgeSession session, AgentRun run, int step, string reason, int round, CancellationToken cancellationToken)
    {
        int passed = 0, last = run.Steps.Count - 1;
        List<string> objections = [];
        foreach (Criterion criterion in Criterion.All)
        {
            string asked = criterion.Question.Replace("{0}", $"step {step} of {session.Prompt.AgentOf(step)}", StringComparison.Ordinal);
            string? answer = await session.AskAsync(
                new JudgeQuestion(MethodName, criterion.Kind, step, step, round),
                () => session.Prompt.Write(0, last, $"{asked} Answer \"yes\" or \"no\" and nothing else."), cancellationToken).ConfigureAwait(false);
            if (answer is not null && YesNoReader.Read(answer) == true)
                passed++;
            else
                objections.Add(answer is null ? "the budget was spent before this could be checked" : criterion.Failed);
        }

        return new Proposal(step, reason, passed, objections);
    }
}
