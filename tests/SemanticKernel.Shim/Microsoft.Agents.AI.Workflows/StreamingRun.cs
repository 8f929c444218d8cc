namespace Microsoft.Agents.AI.Workflows;

/// <summary>A run whose events are watched.</summary>
public sealed class StreamingRun : IAsyncDisposable
{
    private readonly WorkflowRunner _runner;
    private readonly CancellationTokenSource _cancellation = new();

    internal StreamingRun(WorkflowRunner runner) => _runner = runner;

    public string SessionId => _runner.SessionId;

    public ValueTask<RunStatus> GetStatusAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_runner.Status);

    public ValueTask<bool> TrySendMessageAsync<TMessage>(TMessage message) =>
        ValueTask.FromResult(message is not null && _runner.Send(message, _cancellation.Token));

    public IAsyncEnumerable<WorkflowEvent> WatchStreamAsync(CancellationToken cancellationToken = default) =>
        _runner.WatchAsync(cancellationToken);

    public ValueTask CancelRunAsync() => new(_cancellation.CancelAsync());

    public ValueTask DisposeAsync()
    {
        _cancellation.Dispose();
        return ValueTask.CompletedTask;
    }
}
