using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.AllAtOnce;

/// <summary>Shows a model the whole run and asks once for agent, step and reason.</summary>
/// <remarks>
/// The method All-at-Once of Who&amp;When (arXiv 2505.00212), in our own wording. As there, agent and step are two answers: a model may name an agent
/// that does not act in the step it names, and the verdict then holds both as they were given, which the reason says.
/// </remarks>
public sealed class AllAtOnceAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "all-at-once";

    /// <summary>About the step accuracy that was published for the method (arXiv 2505.00212, GPT-4o: 4 to 14 %).</summary>
    internal const double PublishedAccuracy = 0.1;

    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly JudgeMethodOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public AllAtOnceAttributor(IChatClient judge, JudgeMethodOptions? options = null)
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
        if (await AskAsync(session, run, MethodName, cancellationToken).ConfigureAwait(false) is not { } answer)
            return Verdicts.Abstain(session, "The budget does not allow the one question of this method: raise it.", unknown);
        if (answer.SaysNobody)
            return Verdicts.NoAgentAtFault(session, $"The model says that no agent made a mistake. {answer.Reason}", unknown);
        if (answer.Step is not { } index)
            return Verdicts.Abstain(session, "The model's answer names no step of the run.", unknown);

        Step step = run.Steps[index];
        string note = answer.Agent is null ? $" It named no agent of the run; {step.Agent} acts there."
            : step.Agent.Equals(answer.Agent, StringComparison.OrdinalIgnoreCase) ? ""
            : $" It named {answer.Agent}, though {step.Agent} acts in that step.";
        return Verdicts.Blame(session, step, StepRanking.Led(run.Steps, index, PublishedAccuracy), $"The model named step {index}.{note} {answer.Reason}".TrimEnd(), answer.Agent);
    }

    /// <summary>The method's one question; null when the budget does not allow it.</summary>
    internal static async Task<LinesAnswer?> AskAsync(JudgeSession session, AgentRun run, string method, CancellationToken cancellationToken)
    {
        int last = run.Steps.Count - 1;
        string question = "Which agent made the mistake that is directly responsible for the wrong result, and in which step did it happen first? "
            + $"The agents are: {session.Prompt.Agents}.\n{LinesAnswer.Form}";
        string? answer = await session.AskAsync(
            new JudgeQuestion(method, JudgeQuestionKind.WholeRun, 0, last), () => session.Prompt.Write(0, last, question), cancellationToken).ConfigureAwait(false);
        return answer is null ? null : LinesAnswer.Read(answer, run);
    }
}
