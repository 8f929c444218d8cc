using System.Text.Json;

namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>Collects what the parts of one message say.</summary>
internal sealed class MessageContent
{
    private readonly List<string> _texts = [];

    public List<MessageToolCall> Calls { get; } = [];

    public List<MessageToolResponse> Responses { get; } = [];

    public string Text => string.Join('\n', _texts);

    /// <summary>Adds parts: an array of them, a single one, or bare text.</summary>
    public void AddParts(JsonElement parts)
    {
        if (parts.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement part in parts.EnumerateArray())
                AddPart(part);
        }
        else
        {
            AddPart(parts);
        }
    }

    /// <summary>Adds a call: <c>{id, name, arguments}</c>, or with name and arguments inside <c>function</c>.</summary>
    public void AddCall(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
            return;
        JsonElement function = JsonText.TryFind(call, "function", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : call;
        string? name = JsonText.Property(function, "name");
        if (!string.IsNullOrWhiteSpace(name))
            Calls.Add(new MessageToolCall(JsonText.Property(call, "id"), name, JsonText.Property(function, "arguments")));
    }

    private void AddPart(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Null)
            return;
        if (part.ValueKind != JsonValueKind.Object)
        {
            _texts.Add(JsonText.Of(part));
            return;
        }

        switch (JsonText.Property(part, "type"))
        {
            case "tool_call":
                AddCall(part);
                break;
            case "tool_call_response":
                Responses.Add(new MessageToolResponse(
                    JsonText.Property(part, "id"), JsonText.Property(part, "response") ?? JsonText.Property(part, "result") ?? ""));
                break;
            case "text" or null:
                if ((JsonText.Property(part, "content") ?? JsonText.Property(part, "text")) is { } text)
                    _texts.Add(text);
                break;
        }
    }
}
