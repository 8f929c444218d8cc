namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>One message of a chat, reduced to what a step needs.</summary>
/// <param name="Role">Lower-case role; null where the producer gave none.</param>
/// <param name="Text">The text parts, one a line.</param>
/// <param name="Calls">Tools the message asks for.</param>
/// <param name="Responses">What tools it reports answered.</param>
internal sealed record SpanMessage(string? Role, string Text, IReadOnlyList<MessageToolCall> Calls, IReadOnlyList<MessageToolResponse> Responses)
{
    public const string ToolRole = "tool";
    public const string UserRole = "user";

    public static SpanMessage Plain(string text) => new(null, text, [], []);
}
