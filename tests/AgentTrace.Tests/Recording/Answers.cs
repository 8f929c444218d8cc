using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.Recording;

internal static class Answers
{
    public static ChatResponse Text(string text, string? conversationId = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        ModelId = "acme-1-mini",
        ResponseId = "r-1",
        FinishReason = ChatFinishReason.Stop,
        ConversationId = conversationId,
        Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 5 },
    };

    public static ChatResponse ToolCall(string callId, string tool, params (string Name, object? Value)[] arguments) =>
        new(new ChatMessage(
            ChatRole.Assistant,
            [new FunctionCallContent(callId, tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value))]))
        {
            ModelId = "acme-1-mini",
            ResponseId = "r-0",
            FinishReason = ChatFinishReason.ToolCalls,
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 },
        };
}
