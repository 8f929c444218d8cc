using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentTrace.Content;

/// <summary>One part of a message in the shape of the GenAI conventions, its text redacted but not yet cut.</summary>
internal readonly struct MessagePart
{
    private readonly string _type;
    private readonly string _textName;
    private readonly bool _isJson;
    private readonly (string Name, string? Value)[] _fields;

    internal MessagePart(string type, string textName, RedactedText text, bool isJson, params (string Name, string? Value)[] fields)
    {
        _type = type;
        _textName = textName;
        _isJson = isJson;
        _fields = fields;
        Text = text;
    }

    public RedactedText Text { get; }

    public static MessagePart OfText(string text, ContentSettings settings) =>
        new("text", "content", RedactedText.From(text, settings), isJson: false);

    /// <summary>The part for one content, or null for what is no message (token counts).</summary>
    public static MessagePart? Of(AIContent content, ContentSettings settings)
    {
        switch (content)
        {
            case UsageContent:
                return null;
            case TextContent text:
                return OfText(text.Text, settings);
            case TextReasoningContent reasoning:
                return new("reasoning", "content", RedactedText.From(reasoning.Text, settings), isJson: false);
            case FunctionCallContent call:
                string arguments = JsonText.OfArguments(call.Arguments ?? Enumerable.Empty<KeyValuePair<string, object?>>(), null);
                return new(
                    "tool_call",
                    "arguments",
                    RedactedText.From(arguments, settings),
                    isJson: true,
                    ("id", call.CallId),
                    ("name", call.Name));
            case FunctionResultContent result:
                (string response, bool isJson) = JsonText.OfResult(result.Result, null);
                return new("tool_call_response", "response", RedactedText.From(response, settings), isJson, ("id", result.CallId));
            case DataContent data:
                // Images and sound do not belong on a span: say what it was, leave the bytes out.
                return new(
                    "blob",
                    "content",
                    default,
                    isJson: false,
                    ("modality", Modality(data.MediaType)),
                    ("mime_type", data.MediaType));
            case UriContent uri:
                return new(
                    "uri",
                    "uri",
                    RedactedText.From(uri.Uri.OriginalString, settings),
                    isJson: false,
                    ("modality", Modality(uri.MediaType)),
                    ("mime_type", uri.MediaType));
            case ErrorContent error:
                return new("error", "content", RedactedText.From(error.Message, settings), isJson: false, ("code", error.ErrorCode));
            default:
                return new(content.GetType().Name, "content", default, isJson: false);
        }
    }

    /// <summary>Writes the part, its text no longer than <paramref name="limit"/>, and returns how many characters that cost.</summary>
    public long Write(Utf8JsonWriter writer, int limit)
    {
        writer.WriteStartObject();
        writer.WriteString("type", _type);
        foreach ((string name, string? value) in _fields)
            if (value is not null)
                writer.WriteString(name, value);

        string text = Text.Cut(limit, out long truncated);
        writer.WritePropertyName(_textName);
        // Cut or redacted JSON may be no JSON any more; as a string it keeps the document valid.
        if (_isJson && truncated == 0 && JsonText.IsValid(text))
            writer.WriteRawValue(text, skipInputValidation: true);
        else
            writer.WriteStringValue(text);
        writer.WriteEndObject();
        return truncated;
    }

    private static string Modality(string mediaType) => mediaType.Split('/')[0];
}
