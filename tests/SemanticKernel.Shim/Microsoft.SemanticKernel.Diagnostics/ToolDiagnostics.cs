using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.SemanticKernel.Diagnostics;

/// <summary>Writes <c>execute_tool</c>: always on, content only when sensitive, never a call id.</summary>
internal static class ToolDiagnostics
{
    private static readonly ActivitySource Source = new("Microsoft.SemanticKernel");

    public static Activity? Start(KernelFunction function, KernelArguments arguments)
    {
        if (!Source.HasListeners())
            return null;
        List<KeyValuePair<string, object?>> tags =
        [
            new("gen_ai.operation.name", "execute_tool"),
            new("gen_ai.tool.name", function.Name),
            new("gen_ai.tool.description", function.Description),
        ];
        if (DiagnosticsSwitch.Sensitive)
            tags.Add(new("gen_ai.tool.call.arguments", JsonSerializer.Serialize<IDictionary<string, object?>>(arguments)));
        return Source.StartActivity($"execute_tool {function.Name}", ActivityKind.Internal, default(ActivityContext), tags);
    }

    public static void SetResult(Activity? activity, FunctionResult result)
    {
        if (activity is null || !DiagnosticsSwitch.Sensitive)
            return;
        string? text = result.Value is string or KernelContent ? result.Value.ToString() : JsonSerializer.Serialize(result.Value);
        activity.SetTag("gen_ai.tool.call.result", text);
    }
}
