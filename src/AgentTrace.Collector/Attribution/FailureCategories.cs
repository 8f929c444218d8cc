using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Attribution;

/// <summary>What kind of failure a step shows, by what can be seen of it: few words, so that metrics can be split by them.</summary>
internal static class FailureCategories
{
    public const string TurnError = "turn_error";
    public const string ToolError = "tool_error";
    public const string Abandoned = "abandoned";

    /// <summary>Nothing broke: what the agent said or did was wrong.</summary>
    public const string Answer = "answer";

    /// <summary>Nobody was blamed.</summary>
    public const string None = "none";

    public static string Of(Step? step) => step switch
    {
        null => None,
        { ToolCalls: var calls } when calls.Any(call => call.Error is not null) => ToolError,
        { Error: not null } => TurnError,
        { Abandoned: true } => Abandoned,
        _ => Answer,
    };
}
