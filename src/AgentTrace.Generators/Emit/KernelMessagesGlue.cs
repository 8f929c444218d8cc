using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Emits how Semantic Kernel's messages are read.</summary>
internal static class KernelMessagesGlue
{
    public static SourceText Emit(FrameworkFacts facts)
    {
        string openAI = facts.HasOpenAIUsage
            ? """
                            if (usage is global::OpenAI.Chat.ChatTokenUsage tokens)
                                return new UsageDetails { InputTokenCount = tokens.InputTokenCount, OutputTokenCount = tokens.OutputTokenCount };
              """
            : "";
        return GeneratedSource.Of($$"""
            namespace AgentTrace.Generated
            {
                using global::System;
                using global::System.Collections.Generic;
                using global::System.Linq;
                using global::AgentTrace.Glue;
                using global::Microsoft.Extensions.AI;
                using global::Microsoft.SemanticKernel;
                using global::Microsoft.SemanticKernel.Agents;
                using Kernel = global::Microsoft.SemanticKernel;

                internal static class KernelMessages
                {
                    public static readonly TurnReader<AgentResponseItem<ChatMessageContent>> Turns = new TurnMessages();
                    public static readonly TurnReader<AgentResponseItem<StreamingChatMessageContent>> TurnPieces = new TurnStream();
                    public static readonly TurnReader<ChatMessageContent> Chat = new ChatMessages();
                    public static readonly TurnReader<StreamingChatMessageContent> ChatPieces = new ChatStream();

                    public static Func<IEnumerable<ChatMessage>> Input(string message) => () => new[] { new ChatMessage(ChatRole.User, message) };

                    public static Func<IEnumerable<ChatMessage>> Input(ChatMessageContent message) => () => new[] { Of(message) };

                    public static Func<IEnumerable<ChatMessage>> Input(IEnumerable<ChatMessageContent> messages) => () => messages.Select(Of).ToArray();

                    public static ChatMessage Of(ChatMessageContent message)
                    {
                        List<AIContent> contents = new List<AIContent>();
                        foreach (KernelContent item in message.Items)
                        {
                            if (item is Kernel.TextContent text)
                                contents.Add(new global::Microsoft.Extensions.AI.TextContent(text.Text));
                            else if (item is Kernel.FunctionCallContent call)
                                contents.Add(new global::Microsoft.Extensions.AI.FunctionCallContent(call.Id ?? "", call.FunctionName, Copy(call.Arguments)));
                            else if (item is Kernel.FunctionResultContent result)
                                contents.Add(new global::Microsoft.Extensions.AI.FunctionResultContent(result.CallId ?? "", result.Result?.ToString()));
                        }

                        return new ChatMessage(new ChatRole(message.Role.Label), contents) { AuthorName = message.AuthorName };
                    }

                    private static ChatMessage Of(StreamingChatMessageContent piece) =>
                        new ChatMessage(new ChatRole(piece.Role?.Label ?? "assistant"), piece.Content ?? "") { AuthorName = piece.AuthorName };

                    private static Dictionary<string, object?>? Copy(IEnumerable<KeyValuePair<string, object?>>? arguments) =>
                        arguments?.ToDictionary(pair => pair.Key, pair => (object?)pair.Value?.ToString());

                    private static UsageDetails? Usage(IReadOnlyDictionary<string, object?>? metadata)
                    {
                        if (metadata is null || !metadata.TryGetValue("Usage", out object? usage))
                            return null;
            {{openAI}}
                        // A chat client's answer carries the tokens themselves, a piece of its stream the content that holds them.
                        return usage is UsageContent content ? content.Details : usage as UsageDetails;
                    }

                    private sealed class TurnMessages : TurnReader<AgentResponseItem<ChatMessageContent>>
                    {
                        public override IEnumerable<ChatMessage> MessagesOf(AgentResponseItem<ChatMessageContent> item) => new[] { Of(item.Message) };

                        public override UsageDetails? UsageOf(AgentResponseItem<ChatMessageContent> item) => Usage(item.Message.Metadata);

                        public override object? ConversationOf(AgentResponseItem<ChatMessageContent> item) => item.Thread;

                        public override string? ConversationIdOf(AgentResponseItem<ChatMessageContent> item) => KernelTurns.ConversationId(item.Thread);
                    }

                    private sealed class TurnStream : TurnReader<AgentResponseItem<StreamingChatMessageContent>>
                    {
                        public override bool IsPiecewise => true;

                        public override IEnumerable<ChatMessage> MessagesOf(AgentResponseItem<StreamingChatMessageContent> item) => new[] { Of(item.Message) };

                        public override UsageDetails? UsageOf(AgentResponseItem<StreamingChatMessageContent> item) => Usage(item.Message.Metadata);

                        public override object? ConversationOf(AgentResponseItem<StreamingChatMessageContent> item) => item.Thread;

                        public override string? ConversationIdOf(AgentResponseItem<StreamingChatMessageContent> item) => KernelTurns.ConversationId(item.Thread);
                    }

                    private sealed class ChatMessages : TurnReader<ChatMessageContent>
                    {
                        public override IEnumerable<ChatMessage> MessagesOf(ChatMessageContent item) => new[] { Of(item) };

                        public override UsageDetails? UsageOf(ChatMessageContent item) => Usage(item.Metadata);

                        public override string? AuthorOf(ChatMessageContent item) => item.AuthorName;
                    }

                    private sealed class ChatStream : TurnReader<StreamingChatMessageContent>
                    {
                        public override bool IsPiecewise => true;

                        public override IEnumerable<ChatMessage> MessagesOf(StreamingChatMessageContent item) => new[] { Of(item) };

                        public override UsageDetails? UsageOf(StreamingChatMessageContent item) => Usage(item.Metadata);

                        public override string? AuthorOf(StreamingChatMessageContent item) => item.AuthorName;
                    }
                }
            }
            """);
    }
}
