namespace AgentTrace.Cli.Replay;

/// <summary>How long a turn plausibly took: a model's first-token wait and then so many tokens a second.</summary>
internal static class ReplayTiming
{
    private const double CharactersPerToken = 4;
    private const double TokensPerSecond = 60;

    private static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <summary>The pause between one turn and the next.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMilliseconds(50);

    public static TimeSpan Turn(string output)
    {
        TimeSpan time = FirstToken + TimeSpan.FromSeconds(output.Length / CharactersPerToken / TokensPerSecond);
        return time < Longest ? time : Longest;
    }
}
