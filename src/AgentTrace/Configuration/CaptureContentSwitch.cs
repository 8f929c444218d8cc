using AgentTrace.Diagnostics;

namespace AgentTrace.Configuration;

/// <summary>Reads the standard switch for content capture.</summary>
internal static class CaptureContentSwitch
{
    /// <summary>Whether the switch is on: from the app's configuration, or from the environment where the app has none.</summary>
    public static bool Read(IServiceProvider services)
    {
        const string variable = AgentTraceOptions.CaptureContentVariable;
        string? value = AppConfiguration.TryFind(services, out AppConfiguration? configuration)
            ? configuration.Value(variable)
            : Environment.GetEnvironmentVariable(variable);
        return IsOn(value?.Trim());
    }

    private static bool IsOn(string? value)
    {
        switch (value?.ToUpperInvariant())
        {
            case "TRUE" or "1" or "SPAN_ONLY" or "SPAN_AND_EVENT":
                return true;
            case null or "" or "FALSE" or "0" or "NO_CONTENT" or "EVENT_ONLY":
                return false;
            default:
                AgentTraceEventSource.Log.UnknownCaptureValue(AgentTraceOptions.CaptureContentVariable, value);
                return false;
        }
    }
}
