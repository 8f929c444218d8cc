using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>An actor of an orchestration.</summary>
[Experimental("SKEXP0110")]
public abstract class OrchestrationActor : BaseAgent
{
    protected OrchestrationActor(
        AgentId id, IAgentRuntime runtime, OrchestrationContext context, string description, ILogger? logger = null)
        : base(id, runtime, description, logger) => Context = context;

    protected OrchestrationContext Context { get; }

    protected ValueTask PublishMessageAsync(object message, AgentType agentType, CancellationToken cancellationToken = default) =>
        PublishMessageAsync(message, new TopicId(agentType), messageId: null, cancellationToken);
}
