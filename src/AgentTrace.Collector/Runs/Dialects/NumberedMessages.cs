using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentTrace.Attribution.Runs.Spans;

namespace AgentTrace.Collector.Runs.Dialects;

/// <summary>Messages that were flattened into attributes: <c>{prefix}0{infix}.role</c>, <c>{prefix}0{infix}.content</c>, ...; as the JSON array of the GenAI conventions.</summary>
internal static class NumberedMessages
{
    /// <summary>No producer writes more into one span: its own attribute limit is far below.</summary>
    private const int Most = 1_000;

    /// <summary>The messages in order, or null when there is none.</summary>
    public static string? Read(AgentSpan span, string prefix, string infix)
    {
        var messages = new JsonArray();
        for (int i = 0; i < Most; i++)
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}{infix}.");
            string? role = span.Text(at + "role"), content = span.Text(at + "content");
            JsonArray calls = Calls(span, at);
            if (role is null && content is null && calls.Count == 0)
                break;
            var message = new JsonObject { ["role"] = role ?? "assistant", ["content"] = content ?? "" };
            if (calls.Count > 0)
                message["tool_calls"] = calls;
            if (span.Text(at + "tool_call_id") is { } callId)
                message["tool_call_id"] = callId;
            messages.Add(message);
        }

        return messages.Count == 0 ? null : messages.ToJsonString();
    }

    /// <summary>One text as a message of that role; null for no text.</summary>
    public static string? Single(string role, string? text) =>
        string.IsNullOrEmpty(text) ? null : JsonSerializer.Serialize(new[] { new { role, content = text } });

    private static JsonArray Calls(AgentSpan span, string message)
    {
        var calls = new JsonArray();
        for (int i = 0; i < Most; i++)
        {
            // OpenInference puts the call's members one level deeper than OpenLLMetry does.
            string flat = string.Create(CultureInfo.InvariantCulture, $"{message}tool_calls.{i}."), deep = flat + "tool_call.";
            string? name = span.Text(flat + "name") ?? span.Text(deep + "function.name");
            if (name is null)
                break;
            calls.Add(new JsonObject
            {
                ["id"] = span.Text(flat + "id") ?? span.Text(deep + "id"),
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name, ["arguments"] = span.Text(flat + "arguments") ?? span.Text(deep + "function.arguments") },
            });
        }

        return calls;
    }
}
