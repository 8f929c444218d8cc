using System.Security.Cryptography;
using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Attribution;

/// <summary>What was decided about a run so far; lives as long as its spans are kept.</summary>
/// <remarks>The fingerprint is guarded by a lock on this object; the rest is written only by the one worker that attributes this run.</remarks>
internal sealed class RunHistory
{
    /// <summary>The run as it was last looked at: the same run again is not judged again.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>The last verdict that was sent; null while there is none.</summary>
    public Verdict? Latest { get; set; }

    /// <summary>The revision of the last verdict that was sent; 0 while there is none.</summary>
    public int Revision { get; set; }

    /// <summary>How often it was attributed.</summary>
    public int Attributions { get; set; }

    /// <summary>What all its attributions together cost.</summary>
    public AttributionCost Spent { get; set; } = AttributionCost.None;

    /// <summary>The history of a run whose spans are not kept any more, as far as its record tells.</summary>
    public static RunHistory Of(RunRecord record) => new()
    {
        Latest = record.Attribution is { } attribution ? new Verdict { Run = record.Run, Attribution = attribution, Revision = Math.Max(record.Revision, 1) } : null,
        Revision = record.Revision,
    };

    /// <summary>The same for two runs that an attributor could not tell apart.</summary>
    public static string FingerprintOf(AgentRun run, int leftOut) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { run, leftOut })));
}
