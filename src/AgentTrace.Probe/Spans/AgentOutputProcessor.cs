using System.Diagnostics;
using AgentTrace.Conventions;
using OpenTelemetry;

namespace AgentTrace.Probe.Spans;

/// <summary>Offers what agents said, as the spans of their turns have it, to the probes that watch them. On the agent's thread it does no more than that.</summary>
internal sealed class AgentOutputProcessor(ProbeOptions options) : BaseProcessor<Activity>
{
    private readonly BackgroundProbes _queue = new(options.QueueCapacity);

    public override void OnEnd(Activity data)
    {
        if (!data.Recorded || data.Source.Name == ActivitySources.Probe || data.GetTagItem(GenAiAttributes.OperationName) is not GenAiOperations.InvokeAgent
            || data.GetTagItem(GenAiAttributes.OutputMessages) is not string messages)
            return;
        string agent = data.GetTagItem(GenAiAttributes.AgentName) as string ?? "";
        foreach ((CircuitProbe probe, Func<string, bool> watches) in options.Rules)
            if (Watches(watches, agent))
                _queue.Add(new ProbeJob(probe, messages, IsMessages: true, data.Context));
    }

    // The rule is the app's; the turn it throws at may not suffer from it.
    private static bool Watches(Func<string, bool> watches, string agent)
    {
        try
        {
            return watches(agent);
        }
#pragma warning disable CA1031 // Telemetry never throws into the app; the event source says what was wrong.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ProbeEventSource.Log.RuleFailed(agent, e.Message);
            return false;
        }
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => _queue.Flush(TimeSpan.FromMilliseconds(timeoutMilliseconds));

    protected override bool OnShutdown(int timeoutMilliseconds) => _queue.Close(TimeSpan.FromMilliseconds(timeoutMilliseconds));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _queue.Dispose();
        base.Dispose(disposing);
    }
}
