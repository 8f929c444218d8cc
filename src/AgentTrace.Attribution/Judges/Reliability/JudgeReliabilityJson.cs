using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AgentTrace.Attribution.Judges.Reliability;

/// <summary>A judge's reliability as JSON: counts rather than rates, so that measurements can be added up.</summary>
internal static class JudgeReliabilityJson
{
    private const int Version = 1;
    private const int MaxCharacters = 64 * 1024;

    public static string Write(JudgeReliability reliability)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", "agenttrace.judge-reliability");
            json.WriteNumber("version", Version);
            json.WriteString("judge", reliability.Judge);
            json.WriteNumber("runs", reliability.Runs);
            Write(json, "atOrBefore", reliability.AtOrBefore);
            Write(json, "isDecisive", reliability.IsDecisive);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static JudgeReliability Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxCharacters)
            throw new FormatException($"A judge's reliability has {json.Length} characters, more than {MaxCharacters}: this is another file.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (root.GetProperty("format").GetString() != "agenttrace.judge-reliability" || version != Version)
                throw new FormatException($"This is no judge's reliability of version {Version}: measure it again (agenttrace calibrate).");
            return new JudgeReliability
            {
                Judge = root.TryGetProperty("judge", out JsonElement judge) ? judge.GetString() : null,
                Runs = root.GetProperty("runs").GetInt32(),
                AtOrBefore = ReadCounts(root, "atOrBefore"),
                IsDecisive = ReadCounts(root, "isDecisive"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"This is no judge's reliability ({e.Message}): write one with agenttrace calibrate.", e);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, AnswerCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("yesWhenTrue", counts.YesWhenTrue);
        json.WriteNumber("whenTrue", counts.WhenTrue);
        json.WriteNumber("yesWhenFalse", counts.YesWhenFalse);
        json.WriteNumber("whenFalse", counts.WhenFalse);
        json.WriteEndObject();
    }

    private static AnswerCounts ReadCounts(JsonElement root, string name)
    {
        JsonElement counts = root.GetProperty(name);
        AnswerCounts read = new(
            counts.GetProperty("yesWhenTrue").GetDouble(), counts.GetProperty("whenTrue").GetDouble(),
            counts.GetProperty("yesWhenFalse").GetDouble(), counts.GetProperty("whenFalse").GetDouble());
        return read.IsSound ? read : throw new FormatException($"\"{name}\" holds counts that cannot be (a yes for each question at most, none below 0): measure it again.");
    }
}
