namespace AgentTrace.Probe.Spans;

/// <summary>Which probes watch which agents.</summary>
public sealed class ProbeOptions
{
    private readonly List<(CircuitProbe Probe, Func<string, bool> Watches)> _rules = [];

    /// <summary>Most texts that wait for their probe, at least 1; what comes beyond is dropped and counted.</summary>
    /// <value>256 by default.</value>
    public int QueueCapacity { get; set; } = 256;

    internal IReadOnlyList<(CircuitProbe Probe, Func<string, bool> Watches)> Rules => _rules;

    /// <summary>Has a probe watch agents.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="agents">Their names; none for every agent.</param>
    /// <returns>These options.</returns>
    public ProbeOptions AddProbe(CircuitProbe probe, params string[] agents)
    {
        ArgumentNullException.ThrowIfNull(agents);
        return AddProbe(probe, agents.Length == 0 ? static _ => true : agents.Contains);
    }

    /// <summary>Has a probe watch agents.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="watches">Whether an agent, by its name, is watched. Called on the agent's thread.</param>
    /// <returns>These options.</returns>
    public ProbeOptions AddProbe(CircuitProbe probe, Func<string, bool> watches)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(watches);
        _rules.Add((probe, watches));
        return this;
    }
}
