using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>The one source of the SDK's spans.</summary>
internal static class AgentActivitySource
{
    // The last release of the conventions' main repository that held the GenAI names.
    private const string SchemaUrl = "https://opentelemetry.io/schemas/1.41.0";

    public static ActivitySource Instance { get; } = new(new ActivitySourceOptions(ActivitySources.AgentTrace)
    {
        Version = typeof(AgentActivitySource).Assembly.GetName().Version?.ToString(3) ?? "",
        TelemetrySchemaUrl = SchemaUrl,
    });
}
