using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.SingleCall;

/// <summary>One call that makes the model reason from cause to fix to consequence before it names a step, and accepts only a step the run has.</summary>
/// <remarks>
/// After A2P (abduce, act, predict): abduce the cause, think of the smallest fix in one step, predict what the next turns would then have been.
/// Published for this kind of call: AG 47.5 %, HC 29.3 % of the steps. An answer that is no JSON, or a step with another agent than acts there,
/// is no verdict: the method abstains and says why.
/// </remarks>
public sealed class SingleCallAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "single-call";

    private const double PublishedAccuracy = 0.3;
    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly JudgeMethodOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public SingleCallAttributor(IChatClient judge, JudgeMethodOptions? options = null)
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
        IReadOnlyList<StepBlame> unknown = StepRanking.Uniform(run.Steps);
        int last = run.Steps.Count - 1;
        string? answer = await session.AskAsync(
            new JudgeQuestion(MethodName, JudgeQuestionKind.Proposal, 0, last), () => session.Prompt.Write(0, last, ProposalQuestion.Text), cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return Verdicts.Abstain(session, "The budget does not allow the one question of this method: raise it.", unknown);
        if (NamedStepAnswer.Read(answer, run, out string problem) is not { } named)
            return Verdicts.Abstain(session, $"The model gave no verdict that fits the run. {problem}", unknown);
        return named.Step is { } step
            ? Verdicts.Blame(session, run.Steps[step], StepRanking.Led(run.Steps, step, PublishedAccuracy), $"The model named step {step}. {named.Reason}".TrimEnd())
            : Verdicts.NoAgentAtFault(session, $"The model says that no agent is at fault. {named.Reason}".TrimEnd(), unknown);
    }
}
