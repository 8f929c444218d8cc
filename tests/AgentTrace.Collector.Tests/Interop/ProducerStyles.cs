using System.Diagnostics;
using System.Text.Json;

namespace AgentTrace.Collector.Tests.Interop;

/// <summary>Runs as different producers write them, from styles.json; in each a tool of the agent Hotels fails and its agent goes on regardless.</summary>
internal static class ProducerStyles
{
    public static string Folder { get; } = Path.Combine(TestKit.SharedData.RepositoryRoot, "tests", "AgentTrace.Collector.Tests", "Interop");

    public static string[] All => ["semantic-kernel", "agent-framework", "openinference", "openllmetry"];

    /// <summary>Writes one run with .NET's own activities and gives its trace id.</summary>
    public static string Write(ActivitySource source, string style)
    {
        using JsonDocument styles = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "styles.json")));
        DateTimeOffset start = DateTimeOffset.UtcNow.AddMinutes(-1);
        var spans = new List<Activity>();
        Activity.Current = null;
        foreach (JsonElement shape in styles.RootElement.GetProperty(style).EnumerateArray())
        {
            int parent = shape.GetProperty("parent").GetInt32();
            Activity span = source.StartActivity(shape.GetProperty("name").GetString()!, ActivityKind.Internal,
                parent < 0 ? default : spans[parent].Context, startTime: start.AddSeconds(spans.Count))!;
            foreach (JsonProperty attribute in shape.GetProperty("attributes").EnumerateObject())
                span.SetTag(attribute.Name, attribute.Value.ValueKind == JsonValueKind.Number ? attribute.Value.GetInt64() : attribute.Value.GetString());
            if (shape.TryGetProperty("error", out JsonElement error))
                span.SetStatus(ActivityStatusCode.Error, error.GetString());
            spans.Add(span);
        }

        for (int i = spans.Count - 1; i >= 0; i--)
        {
            spans[i].SetEndTime(start.AddSeconds(i == 0 ? 20 : i + 0.5).UtcDateTime);
            spans[i].Stop();
        }

        return spans[0].TraceId.ToHexString();
    }
}
