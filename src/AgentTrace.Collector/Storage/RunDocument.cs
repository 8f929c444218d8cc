using System.Text.Json;
using System.Text.Json.Serialization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;
using AgentTrace.Store;
using AgentTrace.Store.Runs;
using ZstdSharp;

namespace AgentTrace.Collector.Storage;

/// <summary>A run's record as the store keeps it: JSON, packed by zstd, with beside it what lists are made from.</summary>
internal static class RunDocument
{
    /// <summary>A document says how large it is; a damaged one must not take the memory.</summary>
    private const int MaxBytes = 256 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static StoredRun Of(RunRecord record)
    {
        using var compressor = new Compressor(level: 3);
        return Summary(record) with { Document = compressor.Wrap(JsonSerializer.SerializeToUtf8Bytes(record, Json)).ToArray() };
    }

    /// <summary>What lists are made from, without the document.</summary>
    public static StoredRun Summary(RunRecord record)
    {
        FailureAttribution? verdict = record.Attribution;
        Step? culprit = verdict?.Step is { } step && step < record.Run.Steps.Count ? record.Run.Steps[step] : null;
        return new StoredRun
        {
            TraceId = TraceId.Parse(record.Run.Id).Number,
            Name = record.Run.Name,
            Outcome = NameOf(record.Run.Outcome),
            Steps = record.Run.Steps.Count,
            FinishedAt = record.FinishedAt,
            Verdict = verdict is null ? null : VerdictSpans.NameOf(verdict.Verdict),
            Agent = verdict?.Agent,
            Step = verdict?.Step,
            Category = verdict is null ? null : FailureCategories.Of(culprit),
            Method = verdict?.Method,
            Confidence = verdict?.Confidence,
        };
    }

    /// <exception cref="StoreException">The document is damaged.</exception>
    public static RunRecord Read(StoredRun run)
    {
        try
        {
            using var decompressor = new Decompressor();
            return JsonSerializer.Deserialize<RunRecord>(decompressor.Unwrap(run.Document.Span, MaxBytes), Json)!;
        }
        catch (Exception e) when (e is JsonException or ZstdException)
        {
            throw new StoreException($"the stored run {TraceId.Of(run.TraceId)} is damaged: {e.Message}", e);
        }
    }

    public static string NameOf(RunOutcome outcome) => outcome switch { RunOutcome.Failure => "failure", RunOutcome.Success => "success", _ => "unknown" };
}
