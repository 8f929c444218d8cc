using System.Text.Json;

namespace AgentTrace.Attribution.Runs.WhoAndWhen;

/// <summary>Reads the logs of the Who&amp;When benchmark (arXiv 2505.00212) and of tools that write its format.</summary>
/// <remarks>
/// A log is one JSON object: <c>history</c> is an array of <c>{content, role, name?}</c>, one a step. The speaker is <c>name</c> where there is
/// one, else <c>role</c>; <c>A (-> B)</c> is agent A handing over to B. The labels <c>mistake_agent</c>, <c>mistake_step</c> and
/// <c>mistake_reason</c> go to <see cref="LabeledRun.Label"/> and never into the run.
/// </remarks>
public static class WhoAndWhenReader
{
    /// <summary>Largest log that is read, in bytes (64 MiB).</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Most steps a log may have.</summary>
    public const int MaxSteps = 100_000;

    private const int MaxDepth = 64;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Whether the JSON is such a log rather than, say, an OTLP export; a file cut off in the middle is told by its start.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> utf8Json)
    {
        Utf8JsonReader reader = new(WithoutMark(utf8Json), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("history"u8) || reader.ValueTextEquals("mistake_step"u8) || reader.ValueTextEquals("mistake_agent"u8))
                    return true;
                if (reader.ValueTextEquals("resourceSpans"u8))
                    return false;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken, or half a surrogate pair in a name, before any property that tells: not known to be a log. Read gives the full complaint.
        }

        return false;
    }

    /// <summary>Reads one log.</summary>
    /// <param name="source">The file's name, for messages and as the run's id where the log has none.</param>
    /// <param name="utf8Json">The whole file.</param>
    /// <exception cref="RunFormatException">The file is no such log; the message names the file, the JSON path and what to do.</exception>
    public static LabeledRun Read(string source, ReadOnlyMemory<byte> utf8Json)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (utf8Json.Length > MaxBytes)
            throw new RunFormatException($"{source}: {utf8Json.Length} bytes, more than the {MaxBytes} a log may have. Split the log or cut its longest steps.");
        if (utf8Json.Span.StartsWith(ByteOrderMark))
            utf8Json = utf8Json[ByteOrderMark.Length..];

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(new LogObject(source, "$", document.RootElement));
        }
        catch (JsonException e)
        {
            throw new RunFormatException(
                $"{source}: no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {e.Message} "
                + "Is the file cut off? Export or copy it again.", e);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;

    private static LabeledRun Read(LogObject log)
    {
        Step[] steps = ReadHistory(log);
        bool? correct = log.OptionalBoolean("is_correct") ?? log.OptionalBoolean("is_corrected");
        AgentRun run = new()
        {
            Id = log.OptionalText("question_ID") ?? Path.GetFileName(log.Source),
            Source = log.Source,
            Task = log.OptionalText("question"),
            ExpectedAnswer = log.OptionalText("ground_truth"),
            Outcome = correct switch { false => RunOutcome.Failure, true => RunOutcome.Success, null => RunOutcome.Unknown },
            OutcomeReason = correct is false ? "the log marks the answer as wrong" : null,
            Steps = steps,
        };
        return new LabeledRun { Run = run, Label = ReadLabel(log, steps.Length) };
    }

    private static Step[] ReadHistory(LogObject log)
    {
        JsonElement history = log.RequiredArray("history", "Is this a Who&When log? It needs one entry a step.");
        int count = history.GetArrayLength();
        if (count == 0)
            throw log.Wrong("history", "is empty", "A run needs at least one step; leave this log out.");
        if (count > MaxSteps)
            throw log.Wrong("history", $"has {count} steps, more than {MaxSteps}", "Split the log.");

        Step[] steps = new Step[count];
        int index = 0;
        foreach (JsonElement element in history.EnumerateArray())
        {
            steps[index] = ReadStep(new LogObject(log.Source, $"$.history[{index}]", element), index);
            index++;
        }

        HandoffPairs.Complete(steps);
        return steps;
    }

    private static Step ReadStep(LogObject entry, int index)
    {
        string speaker = entry.OptionalText("name") ?? entry.OptionalText("role")
            ?? throw entry.Wrong("name", "is missing, and so is role", "Name the agent that speaks here.");
        SpeakerName name = SpeakerName.Parse(speaker);
        return new Step
        {
            Index = index,
            Agent = name.Agent,
            Speaker = speaker,
            Output = entry.AnyText("content"),
            HandoffTo = name.HandoffTo,
        };
    }

    private static RunLabel? ReadLabel(LogObject log, int stepCount)
    {
        string? agent = log.OptionalText("mistake_agent");
        int? step = log.OptionalInteger("mistake_step");
        if (agent is null && step is null)
            return null;
        if (agent is null || step is null)
            throw log.Wrong(agent is null ? "mistake_agent" : "mistake_step", "is missing", "A label names both an agent and a step; add it or remove the other.");
        if (step < 0 || step >= stepCount)
            throw log.Wrong("mistake_step", $"is {step}, but the log has the steps 0 to {stepCount - 1}", "Steps are 0-based indexes of history.");
        return new RunLabel(agent, step.Value, log.OptionalText("mistake_reason") ?? "");
    }
}
