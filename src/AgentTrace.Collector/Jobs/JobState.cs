using System.Text.Json;
using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Collector.Jobs;

/// <summary>What the node that judged a run leaves for the one that judges it again.</summary>
/// <param name="Fingerprint">The run as it was judged: the same run again is not judged again.</param>
/// <param name="Revision">The revision of the last verdict that was sent; 0 while there is none.</param>
/// <param name="Attributions">How often it was attributed.</param>
/// <param name="Spent">What all its attributions together cost.</param>
internal sealed record JobState(string Fingerprint, int Revision, int Attributions, AttributionCost Spent)
{
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Null where nobody judged the run yet.</summary>
    public static JobState? Read(ReadOnlySpan<byte> state) => state.IsEmpty ? null : JsonSerializer.Deserialize<JobState>(state);
}
