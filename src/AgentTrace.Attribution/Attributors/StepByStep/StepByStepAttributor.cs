using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.StepByStep;

/// <summary>Goes through the run from the start and asks about every step whether there is an error in it; the first yes is the verdict.</summary>
/// <remarks>
/// The method Step-by-Step of Who&amp;When (arXiv 2505.00212), in our own wording: each prompt holds the run up to the step asked about. Without a
/// yes there is no prediction: the method abstains. Up to one call a step, and tokens that grow with the square of the run's length.
/// </remarks>
public sealed class StepByStepAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "step-by-step";

    /// <summary>About the step accuracy that was published for the method (arXiv 2505.00212, GPT-4o: 7 to 26 %).</summary>
    internal const double PublishedAccuracy = 0.15;

    private static readonly MethodVerdicts Verdicts = new(MethodName, "1");
    private readonly IChatClient _judge;
    private readonly JudgeMethodOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public StepByStepAttributor(IChatClient judge, JudgeMethodOptions? options = null)
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
        foreach (Step step in run.Steps)
        {
            StepAsker.Reply reply = await StepAsker.AskAsync(session, MethodName, step.Index, cancellationToken).ConfigureAwait(false);
            if (!reply.IsAsked)
                return Verdicts.Abstain(session, $"The budget was spent before step {step.Index}, with no error seen until then: raise it to go on.", StepRanking.Uniform(run.Steps));
            if (reply.SaysError)
                return Verdicts.Blame(session, step, StepRanking.Led(run.Steps, step.Index, PublishedAccuracy), $"Step {step.Index} is the first in which the model sees an error. {reply.Reason}".TrimEnd());
        }

        return Verdicts.Abstain(session, "The model sees an error in none of the steps.", StepRanking.Uniform(run.Steps));
    }
}
