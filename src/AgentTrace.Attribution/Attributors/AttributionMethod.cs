namespace AgentTrace.Attribution.Attributors;

/// <summary>One method of the catalog.</summary>
/// <param name="Name">Its name on the command line and in spans.</param>
/// <param name="NeedsJudge">Whether it asks a model.</param>
/// <param name="Create">Makes its attributor; a method that needs a judge is given one.</param>
public sealed record AttributionMethod(string Name, bool NeedsJudge, Func<AttributorContext, IFailureAttributor> Create);
