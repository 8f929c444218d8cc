using AgentTrace.Attribution.Attributors.AllAtOnce;
using AgentTrace.Attribution.Attributors.StepByStep;
using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.Hybrid;

/// <summary>Asks for the agent over the whole run, then goes through that agent's steps one by one.</summary>
/// <remarks>
/// The hybrid of Who&amp;When (arXiv 2505.00212): All-at-Once is better at who, Step-by-Step at when. Where the model sees no error in any step of the
/// agent, the step of its first answer stands if it is the agent's own, else the method abstains. An answer that names no agent of the run leaves
/// all steps to go through.
/// </remarks>
public sealed class HybridAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "hybrid";

    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly JudgeMethodOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public HybridAttributor(IChatClient judge, JudgeMethodOptions? options = null)
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
        if (await AllAtOnceAttributor.AskAsync(session, run, MethodName, cancellationToken).ConfigureAwait(false) is not { } first)
            return Verdicts.Abstain(session, "The budget does not allow the first question of this method: raise it.", StepRanking.Uniform(run.Steps));
        if (first.SaysNobody)
            return Verdicts.NoAgentAtFault(session, $"The model says that no agent made a mistake. {first.Reason}", StepRanking.Uniform(run.Steps));

        foreach (Step step in run.Steps.Where(step => first.Agent is null || step.Agent.Equals(first.Agent, StringComparison.OrdinalIgnoreCase)))
        {
            StepAsker.Reply reply = await StepAsker.AskAsync(session, MethodName, step.Index, cancellationToken).ConfigureAwait(false);
            if (!reply.IsAsked)
                return Fall(session, run, first, $"The budget was spent before step {step.Index}: raise it to go on.");
            if (reply.SaysError)
            {
                string reason = $"The model named {first.Agent ?? "no agent of the run"}, and step {step.Index} is the first of those asked about in which it sees an error. {reply.Reason}";
                return Verdicts.Blame(session, step, StepRanking.Led(run.Steps, step.Index, StepByStepAttributor.PublishedAccuracy), reason.TrimEnd());
            }
        }

        return Fall(session, run, first, $"The model sees an error in no step of {first.Agent ?? "any agent"}.");
    }

    private static FailureAttribution Fall(JudgeSession session, AgentRun run, LinesAnswer first, string why)
    {
        if (first is { Agent: { } agent, Step: { } index } && run.Steps[index].Agent.Equals(agent, StringComparison.OrdinalIgnoreCase))
        {
            return Verdicts.Blame(session, run.Steps[index], StepRanking.Led(run.Steps, index, AllAtOnceAttributor.PublishedAccuracy),
                $"{why} Its first answer, step {index} of {agent}, stands. {first.Reason}".TrimEnd());
        }

        return Verdicts.Abstain(session, why, StepRanking.Uniform(run.Steps));
    }
}
