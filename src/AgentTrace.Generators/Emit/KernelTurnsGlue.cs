using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Emits how a Semantic Kernel agent's turn begins.</summary>
internal static class KernelTurnsGlue
{
    public static SourceText Emit(FrameworkFacts facts) => GeneratedSource.Of($$"""
        namespace AgentTrace.Generated
        {
            using global::System;
            using global::System.Collections.Generic;
            using global::AgentTrace.Glue;
            using global::Microsoft.SemanticKernel.Agents;

            internal static class KernelTurns
            {
                public static TurnStart Start(Agent agent, AgentThread? thread, Func<IEnumerable<global::Microsoft.Extensions.AI.ChatMessage>>? input = null)
                {
                    KernelTools.Watch(agent.Kernel);
                    return new TurnStart(agent.Name ?? agent.Id)
                    {
                        Description = agent.Description,
                        Conversation = thread,
                        ConversationId = ConversationId(thread),
                        Input = input,
                    };
                }

                // An in-memory thread's id is a fresh one: no service knows the conversation by it.
                public static string? ConversationId(AgentThread? thread) =>
                    {{(facts.HasChatHistoryThread ? "thread is ChatHistoryAgentThread ? null : thread?.Id" : "thread?.Id")}};
            }
        }
        """);
}
