using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentTrace.Content;
using AgentTrace.Conventions;

namespace AgentTrace.Glue;

/// <summary>For generated code: a framework's calls of tools, with what only its filters know.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracedTools
{
    private static readonly JsonWriterOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Starts the call's span.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="callId">The id the model gave the call.</param>
    /// <param name="arguments">Content: read only where content is captured.</param>
    /// <remarks>Inside a span that a function-invoking client has opened for the call already, nothing is started.</remarks>
    public static ToolCall Start(string name, string? callId, IEnumerable<KeyValuePair<string, object?>>? arguments) =>
        Activity.Current?.GetTagItem(GenAiAttributes.OperationName) is GenAiOperations.ExecuteTool
            ? ToolCall.NotRecorded
            : ToolCall.Start(name, callId, arguments is not null && ContentSettings.Current.Capture ? Json(arguments) : null);

    /// <summary>Content: what the call gave back, read only where content is captured.</summary>
    public static void SetResult(ToolCall call, object? result)
    {
        if (TracedTurns.TextOf(result) is { } text)
            call.SetResult(text);
    }

    private static string? Json(IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        try
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, s_relaxed))
            {
                json.WriteStartObject();
                foreach ((string key, object? value) in arguments)
                    json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
            return null;
        }
    }
}
