using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Emits how an Agent Framework agent's turn begins and how its responses are read.</summary>
internal static class FrameworkTurnsGlue
{
    public static SourceText Emit(FrameworkFacts facts) => GeneratedSource.Of($$"""
        namespace AgentTrace.Generated
        {
            using global::System;
            using global::System.Collections.Generic;
            using global::System.Linq;
            using global::AgentTrace.Glue;
            using global::Microsoft.Agents.AI;
            using global::Microsoft.Extensions.AI;

            internal static class FrameworkTurns
            {
                public static readonly TurnReader<AgentResponseUpdate> Pieces = new Updates();

                public static TurnStart Start(AIAgent agent, object? session, Func<IEnumerable<ChatMessage>>? input = null) =>
                    new TurnStart(agent.Name ?? agent.Id)
                    {
                        Description = agent.Description,
                        Conversation = session,
                        ConversationId = {{(facts.HasChatClientSession ? "(session as ChatClientAgentSession)?.ConversationId" : "null")}},
                        Input = input,
                    };

                public static Func<IEnumerable<ChatMessage>> Input(string message) => () => new[] { new ChatMessage(ChatRole.User, message) };

                public static Func<IEnumerable<ChatMessage>> Input(ChatMessage message) => () => new[] { message };

                public static Func<IEnumerable<ChatMessage>> Input(IEnumerable<ChatMessage> messages) => () => messages;

                public sealed class Reader<T> : TurnReader<T> where T : AgentResponse
                {
                    public static readonly Reader<T> Instance = new Reader<T>();

                    public override IEnumerable<ChatMessage> MessagesOf(T item) => item.Messages;

                    public override UsageDetails? UsageOf(T item) => item.Usage;
                }

                private sealed class Updates : TurnReader<AgentResponseUpdate>
                {
                    public override bool IsPiecewise => true;

                    public override IEnumerable<ChatMessage> MessagesOf(AgentResponseUpdate item) =>
                        new[] { new ChatMessage(item.Role ?? ChatRole.Assistant, item.Contents.Where(content => !(content is UsageContent)).ToList()) { AuthorName = item.AuthorName } };

                    public override UsageDetails? UsageOf(AgentResponseUpdate item) => item.Contents.OfType<UsageContent>().FirstOrDefault()?.Details;
                }
            }
        }
        """);
}
