namespace Microsoft.SemanticKernel.Agents.Runtime.InProcess;

/// <summary>A message on its way to one actor or to a topic.</summary>
internal sealed record MessageDelivery(
    object Message, string MessageId, AgentId? Sender, AgentId? Recipient, TopicId? Topic, CancellationToken Cancellation)
{
    private readonly TaskCompletionSource<object?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The recipient's answer; nobody waits for that of a published message.</summary>
    public Task<object?> Answer => _answer.Task;

    public async Task RunAsync(Func<MessageDelivery, CancellationToken, Task<object?>> deliver, CancellationToken shutdown)
    {
        try
        {
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(Cancellation, shutdown);
            _answer.SetResult(await deliver(this, both.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception)
        {
            _answer.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            // The actor's failure is the sender's to see; the runtime goes on.
            _answer.SetException(exception);
        }
    }
}
