using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Which calls start turns, runs and chats. The name is looked at first: most calls are let go at no cost.</summary>
internal static class AgentCalls
{
    /// <summary>What a call of <paramref name="method"/> starts, by the generator's own judgement; null when it starts no turn and no run.</summary>
    public static CallKind? Of(IMethodSymbol method) => CallKinds.Of(method);

    /// <summary>Whether nothing happens before the result is enumerated, streaming or not.</summary>
    public static bool IsEnumerated(this CallKind kind) => kind is
        CallKind.KernelAgent or CallKind.KernelAgentStreaming or CallKind.GroupChat or CallKind.GroupChatStreaming or CallKind.FrameworkAgentStreaming;

    /// <summary>Whether the result is a task, which has to be awaited.</summary>
    public static bool IsAwaited(this CallKind kind) => !kind.IsEnumerated();

    /// <summary>Whether the call is one turn of one agent, rather than a run of several.</summary>
    public static bool IsTurn(this CallKind kind) => kind is
        CallKind.KernelAgent or CallKind.KernelAgentStreaming or CallKind.FrameworkAgent or CallKind.FrameworkAgentStreaming;

    /// <summary>Whether <paramref name="method"/> asks an <c>IChatClient</c>: its own methods, an implementation of them, or an extension method that calls them.</summary>
    public static bool IsChat(IMethodSymbol method, AgentFrameworks frameworks)
    {
        if (method.Name is not ("GetResponseAsync" or "GetStreamingResponseAsync"))
            return false;
        return method.IsExtensionMethod
            ? (method.ReducedFrom ?? method).Parameters[0].Type.Implements(frameworks.Chat.ChatClient)
            : method.ContainingType.Implements(frameworks.Chat.ChatClient);
    }
}
