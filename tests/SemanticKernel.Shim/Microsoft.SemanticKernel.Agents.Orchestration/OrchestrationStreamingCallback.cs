using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>Is told every piece of every agent's answer; having one makes the agents stream.</summary>
[Experimental("SKEXP0110")]
public delegate ValueTask OrchestrationStreamingCallback(StreamingChatMessageContent response, bool isFinal);
