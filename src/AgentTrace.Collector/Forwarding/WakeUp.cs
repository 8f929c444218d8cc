namespace AgentTrace.Collector.Forwarding;

/// <summary>Lets one loop sleep until it is called; a call that comes while it is awake is remembered.</summary>
internal sealed class WakeUp
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _sleeping;
    private bool _called;

    public void Call()
    {
        lock (_lock)
        {
            if (_sleeping is null)
                _called = true;
            else
                _sleeping.SetResult();
            _sleeping = null;
        }
    }

    public Task WaitAsync()
    {
        lock (_lock)
        {
            if (_called)
            {
                _called = false;
                return Task.CompletedTask;
            }

            _sleeping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sleeping.Task;
        }
    }
}
