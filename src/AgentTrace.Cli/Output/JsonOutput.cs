using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Conventions;

namespace AgentTrace.Cli.Output;

/// <summary>Writes the JSON documents of <c>--format json</c>.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object with the members that the callback writes.</summary>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static void Blame(Utf8JsonWriter json, string name, string? agent, int? step)
    {
        json.WriteStartObject(name);
        json.WriteString("agent", agent);
        WriteStep(json, step);
        json.WriteEndObject();
    }

    /// <summary>A verdict; members are null where there is none.</summary>
    public static void Attribution(Utf8JsonWriter json, string name, FailureAttribution? attribution)
    {
        json.WriteStartObject(name);
        json.WriteString("agent", attribution?.Agent);
        WriteStep(json, attribution?.Step);
        if (attribution is null)
            json.WriteNull("confidence");
        else
            json.WriteNumber("confidence", Math.Round(attribution.Confidence, 4));
        json.WriteString("reason", attribution?.Reason);
        json.WriteString("method", attribution?.Method);
        if (attribution is not null)
            WriteDetails(json, attribution);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, FailureAttribution attribution)
    {
        json.WriteString("methodVersion", attribution.MethodVersion);
        json.WriteString("verdict", attribution.Verdict switch
        {
            AttributionVerdict.DecisiveError => AttributionAttributes.DecisiveErrorVerdict,
            AttributionVerdict.NoAgentAtFault => AttributionAttributes.NoAgentAtFaultVerdict,
            _ => AttributionAttributes.AbstainedVerdict,
        });
        json.WriteStartArray("ranking");
        foreach (StepBlame blame in attribution.Ranking)
        {
            json.WriteStartObject();
            json.WriteNumber("step", blame.Step);
            json.WriteString("agent", blame.Agent);
            json.WriteNumber("probability", Math.Round(blame.Probability, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("evidenceSpanIds");
        foreach (string id in attribution.EvidenceSpanIds)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartObject("cost");
        json.WriteNumber("judgeCalls", attribution.Cost.JudgeCalls);
        json.WriteNumber("inputTokens", attribution.Cost.InputTokens);
        json.WriteNumber("outputTokens", attribution.Cost.OutputTokens);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, int? step)
    {
        if (step is { } index)
            json.WriteNumber("step", index);
        else
            json.WriteNull("step");
    }
}
