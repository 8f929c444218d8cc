namespace Microsoft.Agents.AI;

/// <summary>Adds an agent's spans; without it there are none.</summary>
public static class OpenTelemetryAgentBuilderExtensions
{
    public static AIAgentBuilder UseOpenTelemetry(
        this AIAgentBuilder builder, string? sourceName = null, Action<OpenTelemetryAgent>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(inner =>
        {
            OpenTelemetryAgent agent = new(inner, sourceName);
            configure?.Invoke(agent);
            return agent;
        });
    }
}
