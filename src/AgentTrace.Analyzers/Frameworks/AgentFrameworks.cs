using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The agent frameworks that a compilation references, bound once by metadata name and shared by all rules.</summary>
/// <remarks>A type that the referenced version does not have is null; rules ask for what they need and stay silent without it.</remarks>
internal sealed class AgentFrameworks
{
    // Weak: a compilation takes its symbols with it when it goes.
    private static readonly ConditionalWeakTable<Compilation, AgentFrameworks> s_bound = new();

    private AgentFrameworks(Compilation compilation)
    {
        Kernel = new KernelSymbols(compilation);
        Framework = new FrameworkSymbols(compilation);
        Chat = new ChatSymbols(compilation);
        Sdk = new SdkSymbols(compilation);
        Platform = new PlatformSymbols(compilation);
        Capture = new CaptureSymbols(compilation);
        Messages = new MessageSymbols(compilation);
        Tools = new ToolSymbols(compilation);
        Handoffs = new HandoffSymbols(compilation);
    }

    /// <summary>Semantic Kernel.</summary>
    public KernelSymbols Kernel { get; }

    /// <summary>Microsoft Agent Framework.</summary>
    public FrameworkSymbols Framework { get; }

    /// <summary>Microsoft.Extensions.AI.</summary>
    public ChatSymbols Chat { get; }

    /// <summary>AgentTrace's own SDK.</summary>
    public SdkSymbols Sdk { get; }

    /// <summary>.NET and OpenTelemetry.</summary>
    public PlatformSymbols Platform { get; }

    /// <summary>What decides about content.</summary>
    public CaptureSymbols Capture { get; }

    /// <summary>What people and models say.</summary>
    public MessageSymbols Messages { get; }

    /// <summary>What makes a method a tool.</summary>
    public ToolSymbols Tools { get; }

    /// <summary>Handoffs.</summary>
    public HandoffSymbols Handoffs { get; }

    /// <summary>Whether agents can exist in this compilation at all.</summary>
    public bool HasAgents => Kernel.Agent is not null || Framework.Agent is not null;

    /// <summary>Whether the compilation is an app or a library with agents, or with chat clients that may be one each.</summary>
    /// <remarks>Not tests: nothing leaves them, they cut streams short and make tools fail on purpose.</remarks>
    public bool RunsAgents => !Platform.IsTests && (HasAgents || Chat.ChatClient is not null);

    /// <summary>Whether <paramref name="type"/> is an agent: a framework's, a library's or the app's own.</summary>
    public bool IsAgent(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class or TypeKind.TypeParameter } && (type.Is(Kernel.Agent) || type.Is(Framework.Agent));

    public static AgentFrameworks Of(Compilation compilation) => s_bound.GetValue(compilation, static found => new AgentFrameworks(found));
}
