namespace AgentTrace.Generators.Model;

/// <summary>The agent runtime's interfaces as this compilation sees them, so that a decorator forwards members that later versions add.</summary>
/// <param name="RuntimeMembers">Members of <c>IAgentRuntime</c> and its bases that are forwarded as they are, as C# source.</param>
/// <param name="HostableMembers">The same of <c>IHostableAgent</c>.</param>
/// <param name="ActorHasAgent">Whether <c>AgentActor</c> tells which agent it hosts.</param>
internal sealed record RuntimeShape(EquatableArray<string> RuntimeMembers, EquatableArray<string> HostableMembers, bool ActorHasAgent);
