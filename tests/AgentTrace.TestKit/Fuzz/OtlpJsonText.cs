using System.Text.Json.Nodes;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>Writes a request as OTLP/JSON by Google's formatter; ids, which that writes as base64, become hex as OTLP has them.</summary>
public static class OtlpJsonText
{
    private static readonly string[] Ids = ["traceId", "spanId", "parentSpanId"];

    public static byte[] Of(ExportRequest request)
    {
        JsonNode json = JsonNode.Parse(JsonFormatter.Default.Format(request))!;
        Walk(json);
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void Walk(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (string id in Ids)
            {
                if (members[id] is JsonValue value)
                    members[id] = Convert.ToHexStringLower(Convert.FromBase64String(value.GetValue<string>()));
            }
        }

        foreach (JsonNode? child in node switch { JsonObject o => o.Select(member => member.Value), JsonArray a => a, _ => Enumerable.Empty<JsonNode?>() })
            Walk(child);
    }
}
