using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Emits the decorator of Semantic Kernel's agent runtime that keeps an orchestration in one trace.</summary>
internal static class OrchestrationGlue
{
    public static SourceText Emit(RuntimeShape runtime) => GeneratedSource.Of($$"""
        namespace AgentTrace.Generated
        {
            using global::System;
            using global::System.Threading;
            using global::System.Threading.Tasks;
            using global::AgentTrace.Glue;
            using global::Microsoft.SemanticKernel.Agents.Runtime;

            internal sealed class TracingAgentRuntime : IAgentRuntime
            {
                private readonly IAgentRuntime _inner;
                private readonly OrchestrationTrace _trace;

                public TracingAgentRuntime(IAgentRuntime inner, OrchestrationTrace trace)
                {
                    _inner = inner;
                    _trace = trace;
                }

                public static string NameOf(object orchestration) => orchestration.GetType().Name.Split('`')[0];

                public ValueTask PublishMessageAsync(object message, TopicId topic, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default)
                {
                    _trace.Sending(message);
                    return _inner.PublishMessageAsync(message, topic, sender, messageId, cancellationToken);
                }

                public ValueTask<object?> SendMessageAsync(object message, AgentId recipient, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default)
                {
                    _trace.Sending(message);
                    return _inner.SendMessageAsync(message, recipient, sender, messageId, cancellationToken);
                }

                public ValueTask<AgentType> RegisterAgentFactoryAsync(AgentType type, Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>> factoryFunc) =>
                    _inner.RegisterAgentFactoryAsync(type, async (id, runtime) => new TracingHostableAgent(await factoryFunc(id, this).ConfigureAwait(false), _trace));

                {{string.Join("\n\n        ", runtime.RuntimeMembers)}}
            }

            internal sealed class TracingHostableAgent : IHostableAgent
            {
                private readonly IHostableAgent _inner;
                private readonly OrchestrationTrace _trace;
                private readonly string _name;
                private readonly bool _isAgent;

                public TracingHostableAgent(IHostableAgent inner, OrchestrationTrace trace)
                {
                    _inner = inner;
                    _trace = trace;
                    {{(runtime.ActorHasAgent ? Named : Unnamed)}}
                }

                public ValueTask<object?> OnMessageAsync(object message, MessageContext messageContext) =>
                    _trace.HandleAsync(_name, _isAgent, message, (_inner, message, messageContext), static call => call._inner.OnMessageAsync(call.message, call.messageContext));

                {{string.Join("\n\n        ", runtime.HostableMembers)}}
        {{(runtime.ActorHasAgent ? Accessor : "")}}
            }
        }
        """);

    private const string Named = """
        _isAgent = inner is global::Microsoft.SemanticKernel.Agents.Orchestration.AgentActor;
                    if (_isAgent)
                    {
                        var agent = AgentOf((global::Microsoft.SemanticKernel.Agents.Orchestration.AgentActor)inner);
                        _name = agent.Name ?? agent.Id;
                        KernelTools.Watch(agent.Kernel);
                    }
                    else
                    {
                        _name = inner.GetType().Name.Replace("Actor", "").Split('`')[0];
                    }
        """;

    private const string Unnamed = """
        _isAgent = false;
                    _name = inner.GetType().Name.Replace("Actor", "").Split('`')[0];
        """;

    private const string Accessor = """

                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "get_Agent")]
                private static extern global::Microsoft.SemanticKernel.Agents.Agent AgentOf(global::Microsoft.SemanticKernel.Agents.Orchestration.AgentActor actor);
        """;
}
