using System.Security.Cryptography;
using System.Text.Json;
using AgentTrace.Attribution.Learning.Features;
using AgentTrace.Attribution.Learning.Fitting;

namespace AgentTrace.Attribution.Learning;

/// <summary>Reads and writes rankers as JSON: <c>{"format":"agenttrace-ranker","version":3,...}</c>.</summary>
/// <remarks>A ranker holds numbers and the names of features; no word of the runs it was trained on. Reading runs nothing and trusts nothing: every number is checked.</remarks>
public static class RankerFile
{
    /// <summary>Largest file that is read, in bytes (1 MiB; a ranker has some 60 KiB).</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 3;

    private const string Format = "agenttrace-ranker";
    private const int IdLength = 12;
    private const int MostTrees = 1000;

    /// <summary>Writes a ranker.</summary>
    public static void Write(StepRanker ranker, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteNumber("trainingRuns", ranker.TrainingRuns);
        json.WriteNumber("trainingSteps", ranker.TrainingSteps);
        json.WriteNumber("penalty", ranker.Penalty);
        json.WriteNumber("coreAlone", ranker.CoreAlone ? 1 : 0);
        json.WriteNumber("choiceByModels", ranker.Choice.Models);
        json.WriteNumber("choiceBySignals", ranker.Choice.Signals);
        json.WriteNumber("trustByModels", ranker.Trust.Models);
        json.WriteNumber("trustBySignals", ranker.Trust.Signals);
        json.WriteNumber("unlikenessLimit", ranker.Profile.Limit);
        json.WriteStartArray("features");
        for (int f = 0; f < StepFeatures.Count; f++)
        {
            json.WriteStartObject();
            json.WriteString("name", StepFeatures.Names[f]);
            json.WriteNumber("broad", ranker.Models.Broad[f]);
            json.WriteNumber("core", ranker.Models.Core[f]);
            json.WriteNumber("mean", ranker.Models.Scale.Means[f]);
            json.WriteNumber("deviation", ranker.Models.Scale.Deviations[f]);
            json.WriteNumber("runMean", ranker.Profile.Means[f]);
            json.WriteNumber("runDeviation", ranker.Profile.Deviations[f]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("trees");
        foreach (SmallTree tree in ranker.Models.Trees.Trees)
            json.WriteRawValue(TreeText.Write(tree));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a ranker.</summary>
    /// <param name="source">The file's name, for messages.</param>
    /// <param name="utf8Json">The whole file.</param>
    /// <exception cref="RankerFormatException">The file is no ranker, or one of another version.</exception>
    public static StepRanker Read(string source, ReadOnlyMemory<byte> utf8Json)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (utf8Json.Length > MaxBytes)
            throw new RankerFormatException($"{source}: {utf8Json.Length} bytes, more than the {MaxBytes} a ranker may have. Is this the file that agenttrace train wrote?");
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(new RankerObject(source, "$", document.RootElement));
        }
        catch (JsonException e)
        {
            throw new RankerFormatException($"{source}: no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {e.Message} Train the ranker again.", e);
        }
    }

    internal static string IdOf(StepRanker ranker)
    {
        using var stream = new MemoryStream();
        Write(ranker, stream);
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)))[..IdLength];
    }

    private static StepRanker Read(RankerObject ranker)
    {
        if (ranker.Text("format") != Format)
            throw ranker.Wrong("format", $"is not \"{Format}\"", "Give a file that agenttrace train wrote.");
        if (ranker.WholeNumber("version", 0, int.MaxValue) is not Version and int version)
            throw ranker.Wrong("version", $"is {version}, and this version of AgentTrace reads {Version}", "Train the ranker again.");
        RankerObject[] features = ReadFeatures(ranker);
        double[] Column(string name, double least) => [.. features.Select(feature => feature.Number(name, least))];
        var models = new StepModels(
            new FeatureScale(Column("mean", double.NegativeInfinity), Column("deviation", 0)),
            Column("broad", double.NegativeInfinity),
            Column("core", double.NegativeInfinity),
            new BoostedTrees([.. ranker.Objects("trees", 0, MostTrees, "trees").Select(TreeText.Read)]));
        return new StepRanker(
            models,
            ranker.WholeNumber("coreAlone", 0, 1) == 1,
            new Pool(ranker.Number("choiceByModels", 0), ranker.Number("choiceBySignals", 0)),
            new Pool(ranker.Number("trustByModels", 0), ranker.Number("trustBySignals", 0)),
            new RunProfile(Column("runMean", double.NegativeInfinity), Column("runDeviation", 0), ranker.Number("unlikenessLimit", double.Epsilon)))
        {
            TrainingRuns = ranker.WholeNumber("trainingRuns", 1, int.MaxValue),
            TrainingSteps = ranker.WholeNumber("trainingSteps", 1, int.MaxValue),
            Penalty = ranker.Number("penalty", 0),
        };
    }

    // A feature under another name, or one more or less, means another thing than what the weights were learned for.
    private static RankerObject[] ReadFeatures(RankerObject ranker)
    {
        RankerObject[] features = ranker.Objects("features", StepFeatures.Count, StepFeatures.Count, "features that this version of AgentTrace has");
        for (int f = 0; f < features.Length; f++)
        {
            if (features[f].Text("name") is var name && name != StepFeatures.Names[f])
                throw features[f].Wrong("name", $"is not \"{StepFeatures.Names[f]}\", which this version of AgentTrace has there", "Train the ranker again.");
        }

        return features;
    }
}
