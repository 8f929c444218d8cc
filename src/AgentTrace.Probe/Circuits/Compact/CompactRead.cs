namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>A kept channel that attention or MLP reads.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Tracked">The tracked residual channel; -1 for a position channel.</param>
/// <param name="Gain">The norm's weight of that channel.</param>
/// <param name="ByPosition">A position channel's value at each position; else null.</param>
internal readonly record struct CompactRead(int Channel, int Tracked, float Gain, float[]? ByPosition);
