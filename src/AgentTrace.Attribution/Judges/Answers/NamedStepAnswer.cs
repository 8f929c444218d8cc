using System.Buffers;
using System.Text;
using System.Text.Json;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Answers;

/// <summary>A JSON answer that names one step and its agent; it counts only when the run has that step by that agent.</summary>
/// <param name="Step">The step; null when the answer says that no agent is at fault.</param>
/// <param name="Reason">Cause, fix and what would have followed, as far as given.</param>
internal sealed record NamedStepAnswer(int? Step, string Reason)
{
    /// <summary>What a prompt says about the form of the answer.</summary>
    public const string Form =
        "Answer with one JSON object and nothing else: {\"cause\": \"...\", \"fix\": \"...\", \"then\": \"...\", \"step\": <number>, \"agent\": \"<who acts in that step>\"}. "
        + "If no agent made the error that decided the run, step and agent are null.";

    private const int LongestPart = 400;

    /// <summary>Reads an answer; null with the reason in <paramref name="problem"/> when it is not of that form or not true of the run.</summary>
    public static NamedStepAnswer? Read(string answer, AgentRun run, out string problem)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Unfenced(answer), new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement, run, out problem);
        }
        catch (JsonException)
        {
            problem = "The answer is not one JSON object.";
            return null;
        }
    }

    /// <summary>An answer that names a step of a run.</summary>
    public static string Write(AgentRun run, int step)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteString("agent", run.Steps[step].Agent);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static NamedStepAnswer? Read(JsonElement answer, AgentRun run, out string problem)
    {
        problem = "";
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("step", out JsonElement step) || !answer.TryGetProperty("agent", out JsonElement agent))
        {
            problem = "The answer lacks step or agent.";
            return null;
        }

        string reason = string.Join(" ", new[] { Part(answer, "cause"), Part(answer, "fix"), Part(answer, "then") }.Where(part => part.Length > 0));
        if (step.ValueKind == JsonValueKind.Null && agent.ValueKind == JsonValueKind.Null)
            return new NamedStepAnswer(null, reason);
        if (step.ValueKind != JsonValueKind.Number || !step.TryGetInt32(out int index) || index < 0 || index >= run.Steps.Count)
            problem = $"The answer names a step that is not one of 0 to {run.Steps.Count - 1}.";
        else if (agent.ValueKind != JsonValueKind.String || !SameName(agent.GetString()!, run.Steps[index]))
            problem = $"The answer names step {index}, but not {run.Steps[index].Agent}, who acts there.";
        else
            return new NamedStepAnswer(index, reason);
        return null;
    }

    private static bool SameName(string said, Step step) =>
        said.Trim().Equals(step.Speaker, StringComparison.OrdinalIgnoreCase) || SpeakerName.BaseOf(said).Equals(step.Agent, StringComparison.OrdinalIgnoreCase);

    private static string Part(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out JsonElement part) && part.ValueKind == JsonValueKind.String && part.GetString() is { Length: > 0 } text
            ? text.Length <= LongestPart ? text : text[..LongestPart] + "..."
            : "";

    /// <summary>Models like to put JSON into a code block; that, and nothing else around it, is taken off.</summary>
    private static string Unfenced(string answer)
    {
        string text = answer.Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 6)
            return text;
        int line = text.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 ? text : text[(line + 1)..^3];
    }
}
