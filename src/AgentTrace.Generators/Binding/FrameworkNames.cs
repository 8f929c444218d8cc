namespace AgentTrace.Generators.Binding;

/// <summary>Metadata names of the types we bind to; never referenced, only looked for.</summary>
internal static class FrameworkNames
{
    public const string Sdk = "AgentTrace.Glue.TracedTurns";
    public const string KernelAgent = "Microsoft.SemanticKernel.Agents.Agent";
    public const string AgentChat = "Microsoft.SemanticKernel.Agents.AgentChat";
    public const string ChatHistoryThread = "Microsoft.SemanticKernel.Agents.ChatHistoryAgentThread";
    public const string Orchestration = "Microsoft.SemanticKernel.Agents.Orchestration.AgentOrchestration`2";
    public const string AgentActor = "Microsoft.SemanticKernel.Agents.Orchestration.AgentActor";
    public const string Runtime = "Microsoft.SemanticKernel.Agents.Runtime.IAgentRuntime";
    public const string HostableAgent = "Microsoft.SemanticKernel.Agents.Runtime.IHostableAgent";
    public const string FrameworkAgent = "Microsoft.Agents.AI.AIAgent";
    public const string FrameworkResponse = "Microsoft.Agents.AI.AgentResponse";
    public const string FrameworkUpdate = "Microsoft.Agents.AI.AgentResponseUpdate";
    public const string ChatClientSession = "Microsoft.Agents.AI.ChatClientAgentSession";
    public const string InProcessExecution = "Microsoft.Agents.AI.Workflows.InProcessExecution";
    public const string Workflow = "Microsoft.Agents.AI.Workflows.Workflow";
    public const string OpenAIUsage = "OpenAI.Chat.ChatTokenUsage";
}
