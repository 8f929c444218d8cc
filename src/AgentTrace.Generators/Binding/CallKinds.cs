using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>Which methods start turns and runs: asked by the generator, which intercepts their calls, and by the rules, which say where it cannot.</summary>
internal static class CallKinds
{
    /// <summary>A quick look at the name alone.</summary>
    public static bool MayBe(string? name) => name is "InvokeAsync" or "InvokeStreamingAsync" or "RunAsync" or "RunStreamingAsync" or "StreamAsync";

    /// <summary>What a call of <paramref name="method"/> starts; null for some other method, of such a name or not.</summary>
    public static CallKind? Of(IMethodSymbol method)
    {
        if (!MayBe(method.Name) || method.DeclaredAccessibility != Accessibility.Public || method.IsExtensionMethod)
            return null;
        bool streaming = method.Name is "InvokeStreamingAsync" or "RunStreamingAsync";
        for (INamedTypeSymbol? type = method.ContainingType; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            if (MetadataNames.Is(type, FrameworkNames.KernelAgent) && ReturnsAsyncEnumerable(method))
                return streaming ? CallKind.KernelAgentStreaming : CallKind.KernelAgent;
            if (MetadataNames.Is(type, FrameworkNames.AgentChat) && ReturnsAsyncEnumerable(method))
                return streaming ? CallKind.GroupChatStreaming : CallKind.GroupChat;
            if (MetadataNames.Is(type, FrameworkNames.Orchestration) && method.Name == "InvokeAsync")
                return CallKind.Orchestration;
            if (MetadataNames.Is(type, FrameworkNames.InProcessExecution))
                return CallKind.Workflow;
            if (!MetadataNames.Is(type, FrameworkNames.FrameworkAgent))
                continue;
            if (streaming && ReturnsAsyncEnumerable(method) && GivesBack(method, FrameworkNames.FrameworkUpdate))
                return CallKind.FrameworkAgentStreaming;
            if (method.Name == "RunAsync" && method.ReturnType.Name == "Task" && GivesBack(method, FrameworkNames.FrameworkResponse))
                return CallKind.FrameworkAgent;
        }

        return null;
    }

    private static bool ReturnsAsyncEnumerable(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { Name: "IAsyncEnumerable" };

    // Agent Framework's previews had other names for what an agent gives back, which the glue could not name.
    private static bool GivesBack(IMethodSymbol method, string response)
    {
        for (var type = (method.ReturnType as INamedTypeSymbol)?.TypeArguments.FirstOrDefault() as INamedTypeSymbol; type is not null; type = type.BaseType)
            if (MetadataNames.Is(type, response))
                return true;
        return false;
    }
}
