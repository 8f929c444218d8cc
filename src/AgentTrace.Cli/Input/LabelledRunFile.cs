using System.Text.Json;
using System.Text.Json.Serialization;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Cli.Input;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>Labelled runs as <c>labels export</c> writes them, one JSON object a line: <c>{"format":"agenttrace-labelled-run","version":1,"label":{...},"run":{...}}</c>.</summary>
internal static class LabelledRunFile
{
    private const string Format = "agenttrace-labelled-run";
    private const int Version = 1, Deepest = 64;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        MaxDepth = Deepest,
    };

    /// <summary>Whether a file begins as one of these does.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> bytes) => bytes.StartsWith("{\"format\":\"agenttrace-labelled-run\""u8);

    /// <summary>One run as a line, without the line's end.</summary>
    public static byte[] Write(LabeledRun run) => JsonSerializer.SerializeToUtf8Bytes(new Line(Format, Version, run.Label!, run.Run), Json);

    /// <exception cref="RunFormatException">The line is no labelled run; the message says which line, and why.</exception>
    public static LabeledRun Read(string path, int line, ReadOnlySpan<byte> json)
    {
        string place = $"{path}, line {line}";
        Line read;
        try
        {
            read = JsonSerializer.Deserialize<Line>(json, Json) ?? throw new RunFormatException($"{place}: null is no labelled run; export the labels again");
        }
        catch (JsonException e)
        {
            throw new RunFormatException($"{place}: no labelled run ({e.Message}); export the labels again", e);
        }

        if (read.Format != Format || read.Version != Version)
            throw new RunFormatException($"{place}: format {read.Format} {read.Version}; this version of AgentTrace reads {Format} {Version}");
        IReadOnlyList<Step> steps = read.Run.Steps;
        for (int i = 0; i < steps.Count; i++)
            if (steps[i] is null || steps[i].Index != i)
                throw new RunFormatException($"{place}: run.steps[{i}] is not step {i}; export the labels again");
        return read.Label.Step >= 0 && read.Label.Step < steps.Count
            ? new LabeledRun { Run = read.Run with { Source = path }, Label = read.Label }
            : throw new RunFormatException($"{place}: label.step is {read.Label.Step}; the run has {steps.Count} steps");
    }

    private sealed record Line(
        [property: JsonRequired] string Format, [property: JsonRequired] int Version, [property: JsonRequired] RunLabel Label, [property: JsonRequired] AgentRun Run);
}
