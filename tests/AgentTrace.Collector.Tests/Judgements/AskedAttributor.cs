using System.Collections.Concurrent;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Tests.Judgements;

/// <summary>The structural method, which remembers the runs it was asked about and may be held up.</summary>
internal sealed class AskedAttributor : IFailureAttributor
{
    private readonly StructuralAttributor _structural = new();

    public ConcurrentQueue<AgentRun> Asked { get; } = new();

    public Task Gate { get; set; } = Task.CompletedTask;

    public string Method => _structural.Method;

    public async ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(run);
        await Gate.WaitAsync(cancellationToken);
        return await _structural.AttributeAsync(run, cancellationToken);
    }
}
