namespace AgentTrace.Store.Jobs;

/// <summary>A run that one node judges now; others leave it alone until the lease ends.</summary>
/// <param name="TraceId">The run's trace.</param>
/// <param name="Lease">Whose it is: another node that takes it later has another one.</param>
/// <param name="Version">How often something new came for the trace: what comes while it is judged has it judged again.</param>
/// <param name="MayHaveFailed">Whether any watch of it said so.</param>
/// <param name="State">What the last node that judged it left for the next one; empty at first.</param>
/// <param name="Outbox">What was decided and may not have been passed on yet; empty for nothing.</param>
public sealed record RunJob(UInt128 TraceId, Guid Lease, long Version, bool MayHaveFailed, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Outbox);
