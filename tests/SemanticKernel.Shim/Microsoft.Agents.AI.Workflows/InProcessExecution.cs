namespace Microsoft.Agents.AI.Workflows;

/// <summary>Runs workflows in this process.</summary>
public static class InProcessExecution
{
    public static ValueTask<StreamingRun> OpenStreamingAsync(
        Workflow workflow, string? sessionId = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new StreamingRun(new WorkflowRunner(workflow, sessionId)));

    /// <summary>Sends the input; agents wait for a <see cref="TurnToken"/>.</summary>
    public static ValueTask<StreamingRun> RunStreamingAsync<TInput>(
        Workflow workflow, TInput input, string? sessionId = null, CancellationToken cancellationToken = default) where TInput : notnull =>
        ValueTask.FromResult(new StreamingRun(Begin(workflow, input, sessionId, cancellationToken)));

    /// <summary>Sends the input and a <see cref="TurnToken"/>, and waits for the turn to be over.</summary>
    public static async ValueTask<Run> RunAsync<TInput>(
        Workflow workflow, TInput input, string? sessionId = null, CancellationToken cancellationToken = default) where TInput : notnull
    {
        WorkflowRunner runner = Begin(workflow, input, sessionId, cancellationToken);
        if (input is not TurnToken)
            runner.Send(new TurnToken(emitEvents: true), cancellationToken);
        Run run = new(runner);
        await run.CollectAsync(cancellationToken).ConfigureAwait(false);
        return run;
    }

    private static WorkflowRunner Begin(Workflow workflow, object input, string? sessionId, CancellationToken cancellationToken)
    {
        WorkflowRunner runner = new(workflow, sessionId);
        return runner.Send(input, cancellationToken)
            ? runner
            : throw new InvalidOperationException($"The workflow takes text and chat messages, not a {input.GetType().Name}.");
    }
}
