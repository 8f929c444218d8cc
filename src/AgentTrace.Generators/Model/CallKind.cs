namespace AgentTrace.Generators.Model;

/// <summary>What a call that we know starts.</summary>
internal enum CallKind
{
    /// <summary>Semantic Kernel: <c>Agent.InvokeAsync</c>, whole messages.</summary>
    KernelAgent,

    /// <summary>Semantic Kernel: <c>Agent.InvokeStreamingAsync</c>, pieces.</summary>
    KernelAgentStreaming,

    /// <summary>Semantic Kernel: <c>AgentChat.InvokeAsync</c>.</summary>
    GroupChat,

    /// <summary>Semantic Kernel: <c>AgentChat.InvokeStreamingAsync</c>.</summary>
    GroupChatStreaming,

    /// <summary>Semantic Kernel: <c>AgentOrchestration&lt;,&gt;.InvokeAsync</c>.</summary>
    Orchestration,

    /// <summary>Agent Framework: <c>AIAgent.RunAsync</c>.</summary>
    FrameworkAgent,

    /// <summary>Agent Framework: <c>AIAgent.RunStreamingAsync</c>.</summary>
    FrameworkAgentStreaming,

    /// <summary>Agent Framework: <c>InProcessExecution.Run*Async</c>.</summary>
    Workflow,
}
