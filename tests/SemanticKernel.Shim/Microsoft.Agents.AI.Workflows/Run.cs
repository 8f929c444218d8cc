namespace Microsoft.Agents.AI.Workflows;

/// <summary>A run whose events are kept.</summary>
public sealed class Run : IAsyncDisposable
{
    private readonly WorkflowRunner _runner;
    private readonly List<WorkflowEvent> _events = [];
    private int _seen;

    internal Run(WorkflowRunner runner) => _runner = runner;

    public string SessionId => _runner.SessionId;

    public IEnumerable<WorkflowEvent> OutgoingEvents => _events;

    public int NewEventCount => _events.Count - _seen;

    public IEnumerable<WorkflowEvent> NewEvents
    {
        get
        {
            WorkflowEvent[] unseen = [.. _events.Skip(_seen)];
            _seen = _events.Count;
            return unseen;
        }
    }

    public ValueTask<RunStatus> GetStatusAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_runner.Status);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal async Task CollectAsync(CancellationToken cancellationToken)
    {
        await foreach (WorkflowEvent happened in _runner.WatchAsync(cancellationToken).ConfigureAwait(false))
            _events.Add(happened);
    }
}
