namespace Microsoft.SemanticKernel.Diagnostics;

/// <summary>The two switches, read once: whoever sets them after the first span is too late.</summary>
internal static class DiagnosticsSwitch
{
    private const string Prefix = "Microsoft.SemanticKernel.Experimental.GenAI.";
    private const string Variable = "SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS";

    public static readonly bool Sensitive = Read($"{Prefix}EnableOTelDiagnosticsSensitive", $"{Variable}_SENSITIVE");

    public static readonly bool On = Sensitive || Read($"{Prefix}EnableOTelDiagnostics", Variable);

    private static bool Read(string name, string variable) =>
        AppContext.TryGetSwitch(name, out bool value)
            ? value
            : string.Equals(Environment.GetEnvironmentVariable(variable), "true", StringComparison.OrdinalIgnoreCase)
                || Environment.GetEnvironmentVariable(variable) == "1";
}
