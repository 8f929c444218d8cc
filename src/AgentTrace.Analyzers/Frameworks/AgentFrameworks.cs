using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The agent frameworks that a compilation references, bound once by metadata name and shared by all rules.</summary>
/// <remarks>
/// A type that the referenced version does not have is null; rules ask for what they need and stay silent without it. Each group of types is looked up when
/// it is first asked for, which in most compilations is never; two threads that ask at once find the same types.
/// </remarks>
internal sealed class AgentFrameworks
{
    // Weak: a compilation takes its symbols with it when it goes.
    private static readonly ConditionalWeakTable<Compilation, AgentFrameworks> s_bound = new();

    private readonly Compilation _compilation;
    private KernelSymbols? _kernel;
    private FrameworkSymbols? _framework;
    private ChatSymbols? _chat;
    private SdkSymbols? _sdk;
    private PlatformSymbols? _platform;
    private CaptureSymbols? _capture;
    private MessageSymbols? _messages;
    private ToolSymbols? _tools;
    private HandoffSymbols? _handoffs;

    private AgentFrameworks(Compilation compilation)
    {
        _compilation = compilation;
        IsTests = compilation.ReferencedAssemblyNames.Any(static name =>
            name.Name.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || name.Name is "nunit.framework" or "MSTest.TestFramework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "TUnit.Core");
    }

    /// <summary>Semantic Kernel.</summary>
    public KernelSymbols Kernel => _kernel ??= new KernelSymbols(_compilation);

    /// <summary>Microsoft Agent Framework.</summary>
    public FrameworkSymbols Framework => _framework ??= new FrameworkSymbols(_compilation);

    /// <summary>Microsoft.Extensions.AI.</summary>
    public ChatSymbols Chat => _chat ??= new ChatSymbols(_compilation);

    /// <summary>AgentTrace's own SDK.</summary>
    public SdkSymbols Sdk => _sdk ??= new SdkSymbols(_compilation);

    /// <summary>.NET and OpenTelemetry.</summary>
    public PlatformSymbols Platform => _platform ??= new PlatformSymbols(_compilation);

    /// <summary>What decides about content.</summary>
    public CaptureSymbols Capture => _capture ??= new CaptureSymbols(_compilation);

    /// <summary>What people and models say.</summary>
    public MessageSymbols Messages => _messages ??= new MessageSymbols(_compilation);

    /// <summary>What makes a method a tool.</summary>
    public ToolSymbols Tools => _tools ??= new ToolSymbols(_compilation);

    /// <summary>Handoffs.</summary>
    public HandoffSymbols Handoffs => _handoffs ??= new HandoffSymbols(_compilation);

    /// <summary>Whether the compilation holds tests: they make agents by the dozen, and record spans in ways of their own.</summary>
    public bool IsTests { get; }

    /// <summary>Whether agents can exist in this compilation at all.</summary>
    public bool HasAgents => Kernel.Agent is not null || Framework.Agent is not null;

    /// <summary>Whether the compilation is an app or a library with agents, or with chat clients that may be one each.</summary>
    /// <remarks>Not tests: nothing leaves them, they cut streams short and make tools fail on purpose.</remarks>
    public bool RunsAgents => !IsTests && (HasAgents || Chat.ChatClient is not null);

    /// <summary>Whether <paramref name="type"/> is an agent: a framework's, a library's or the app's own.</summary>
    public bool IsAgent(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class or TypeKind.TypeParameter } && (type.Is(Kernel.Agent) || type.Is(Framework.Agent));

    public static AgentFrameworks Of(Compilation compilation) => s_bound.GetValue(compilation, static found => new AgentFrameworks(found));
}
