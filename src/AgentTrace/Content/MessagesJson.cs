using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentTrace.Content;

/// <summary>
/// Messages as the GenAI conventions want them on a span: a JSON array of <c>{role, parts}</c>, redacted and within the budget.
/// </summary>
internal static class MessagesJson
{
    /// <summary>What a model or an agent was given.</summary>
    public static CapturedContent Input(IEnumerable<ChatMessage> messages, ContentSettings settings) =>
        Write([.. messages.Select(message => Of(message, settings, null))], settings);

    /// <summary>What came back, and why it ended; null where it did not end by itself.</summary>
    public static CapturedContent Output((IEnumerable<ChatMessage> Messages, ChatFinishReason? Reason) answer, ContentSettings settings) =>
        Write([.. answer.Messages.Select(message => Of(message, settings, FinishReason(message, answer.Reason)))], settings);

    /// <summary>A text that a user gave.</summary>
    public static CapturedContent InputText(string text, ContentSettings settings) =>
        Write([new Message(ChatRole.User.Value, null, null, [MessagePart.OfText(text, settings)])], settings);

    /// <summary>A text that an agent answered with.</summary>
    public static CapturedContent OutputText(string text, ContentSettings settings) =>
        Write([new Message(ChatRole.Assistant.Value, null, "stop", [MessagePart.OfText(text, settings)])], settings);

    /// <summary>System instructions: an array of parts without a role.</summary>
    public static CapturedContent Instructions(string text, ContentSettings settings) =>
        WriteParts([MessagePart.OfText(text, settings)], settings);

    /// <summary>Parts that are no message's.</summary>
    internal static CapturedContent WriteParts(List<MessagePart> parts, ContentSettings settings)
    {
        int limit = TextBudget.LimitPerText(parts.Select(part => part.Text.Length), settings.MaxCharacters);
        long truncated = 0;
        string json = JsonText.Write(parts, (writer, list) =>
        {
            writer.WriteStartArray();
            foreach (MessagePart part in list)
                truncated += part.Write(writer, limit);
            writer.WriteEndArray();
        });
        return new CapturedContent(json, truncated);
    }

    private static Message Of(ChatMessage message, ContentSettings settings, string? finishReason)
    {
        List<MessagePart> parts = [];
        foreach (AIContent content in message.Contents)
            if (MessagePart.Of(content, settings) is { } part)
                parts.Add(part);
        return new Message(message.Role.Value, message.AuthorName, finishReason, parts);
    }

    // Several messages come back where the client called tools itself: those that ask for a tool ended because of it.
    private static string? FinishReason(ChatMessage message, ChatFinishReason? reason)
    {
        if (message.Role != ChatRole.Assistant)
            return null;
        return message.Contents.Any(content => content is FunctionCallContent) || reason == ChatFinishReason.ToolCalls
            ? "tool_call"
            : reason?.Value;
    }

    /// <summary>Messages that are in parts already.</summary>
    internal static CapturedContent Write(List<Message> messages, ContentSettings settings)
    {
        int limit = TextBudget.LimitPerText(
            messages.SelectMany(message => message.Parts, (_, part) => part.Text.Length),
            settings.MaxCharacters);
        long truncated = 0;
        string json = JsonText.Write(messages, (writer, list) =>
        {
            writer.WriteStartArray();
            foreach (Message message in list)
                truncated += message.Write(writer, limit);
            writer.WriteEndArray();
        });
        return new CapturedContent(json, truncated);
    }

    internal sealed record Message(string Role, string? Name, string? FinishReason, List<MessagePart> Parts)
    {
        public long Write(Utf8JsonWriter writer, int limit)
        {
            long truncated = 0;
            writer.WriteStartObject();
            writer.WriteString("role", Role);
            if (Name is not null)
                writer.WriteString("name", Name);
            writer.WriteStartArray("parts");
            foreach (MessagePart part in Parts)
                truncated += part.Write(writer, limit);
            writer.WriteEndArray();
            if (FinishReason is not null)
                writer.WriteString("finish_reason", FinishReason);
            writer.WriteEndObject();
            return truncated;
        }
    }
}
