using AgentTrace.Conventions;
using AgentTrace.Probe.Spans;

namespace OpenTelemetry.Trace;

/// <summary>Wires probes into a tracer provider.</summary>
public static class ProbeTracerProviderBuilderExtensions
{
    /// <summary>Runs circuits on what agents say, and writes which part of them fired under the agents' turns.</summary>
    /// <param name="builder">The tracer provider's builder. Call this before exporters are added: when the provider ends, processors do in that order.</param>
    /// <param name="configure">Says which probes watch which agents.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>A probe reads <c>gen_ai.output.messages</c> of turns that are recorded, so content capture must be on; elsewhere use <see cref="BackgroundProbes.Offer"/>.</remarks>
    public static TracerProviderBuilder AddAgentTraceProbes(this TracerProviderBuilder builder, Action<ProbeOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProbeOptions();
        configure(options);
        return builder.AddSource(ActivitySources.Probe).AddProcessor(new AgentOutputProcessor(options));
    }
}
