using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.NativeSpans;

/// <summary>Gives a framework's span the names of the GenAI conventions.</summary>
internal static class NativeNames
{
    public static void Normalize(Activity activity, string? operation)
    {
        NormalizeProvider(activity);
        FinishReasons.Normalize(activity);
        if (operation == GenAiOperations.InvokeAgent)
            NormalizeAgent(activity);
        string? key = operation switch
        {
            GenAiOperations.InvokeAgent => GenAiAttributes.AgentName,
            GenAiOperations.Chat => GenAiAttributes.RequestModel,
            GenAiOperations.ExecuteTool => GenAiAttributes.ToolName,
            _ => null,
        };
        if (key is not null && activity.GetTagItem(GenAiAttributes.OperationName) is not null)
            activity.DisplayName = GenAiOperations.SpanName(operation!, activity.GetTagItem(key) as string);
    }

    private static void NormalizeProvider(Activity activity)
    {
        object? legacy = activity.GetTagItem(GenAiAttributes.LegacySystem);
        if ((activity.GetTagItem(GenAiAttributes.ProviderName) ?? legacy) is string provider)
            SetTagIfOther(activity, GenAiAttributes.ProviderName, ProviderOf(provider));
        if (legacy is not null)
            activity.SetTag(GenAiAttributes.LegacySystem, null);
    }

    private static void NormalizeAgent(Activity activity)
    {
        AgentLabel agent = AgentLabel.Of(activity);
        SetTagIfOther(activity, GenAiAttributes.AgentName, agent.Name);
        SetTagIfOther(activity, GenAiAttributes.AgentId, agent.Id);
    }

    private static void SetTagIfOther(Activity activity, string key, string? value)
    {
        if (activity.GetTagItem(key) as string != value)
            activity.SetTag(key, value);
    }

    /// <summary>The conventions' word for a provider; one they do not know keeps its own.</summary>
    private static string ProviderOf(string name) => name switch
    {
        "az.ai.inference" => "azure.ai.inference",
        "az.ai.openai" => "azure.ai.openai",
        // Semantic Kernel says "google" for Gemini and for Vertex AI.
        "google" => "gcp.gen_ai",
        "gemini" => "gcp.gemini",
        "vertex_ai" => "gcp.vertex_ai",
        "mistralai" or "mistral" => "mistral_ai",
        "xai" => "x_ai",
        _ => name,
    };
}
