using System.Text;
using System.Text.Json;
using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Collector.Attribution;

/// <summary>The ranking as the JSON text that fits into one span attribute.</summary>
internal static class VerdictRanking
{
    private const int Longest = 20;

    public static string ToJson(IReadOnlyList<StepBlame> ranking)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (StepBlame blame in ranking.Take(Longest))
            {
                json.WriteStartObject();
                json.WriteNumber("step", blame.Step);
                json.WriteString("agent", blame.Agent);
                json.WriteNumber("probability", Math.Round(blame.Probability, 4));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
