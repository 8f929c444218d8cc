namespace AgentTrace.Collector.Security;

/// <summary>How much callers may ask for. What comes in as OTLP has limits of its own: what does not fit is asked to wait.</summary>
public sealed class RequestLimits
{
    /// <summary>Requests that one address may make in a minute, to all endpoints but OTLP's; over it the answer is 429.</summary>
    public int RequestsPerMinute { get; init; } = 6_000;

    /// <summary>Searches over stored spans that run at once.</summary>
    public int ConcurrentSearches { get; init; } = 4;

    /// <summary>Searches that may wait for their turn; over it the answer is 429.</summary>
    public int WaitingSearches { get; init; } = 32;

    /// <summary>How long a search may take; over it what was found so far is the answer.</summary>
    public TimeSpan SearchTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller may take for the headers of a request, and how long it may send less than 240 bytes a second of a body, before it is cut off.</summary>
    public TimeSpan SlowCaller { get; init; } = TimeSpan.FromSeconds(15);

    internal void Validate(Action<bool, string, object, string> require)
    {
        require(RequestsPerMinute > 0, Key(nameof(RequestsPerMinute)), RequestsPerMinute, "at least 1");
        require(ConcurrentSearches is > 0 and <= 256, Key(nameof(ConcurrentSearches)), ConcurrentSearches, "1 to 256");
        require(WaitingSearches >= 0, Key(nameof(WaitingSearches)), WaitingSearches, "at least 0");
        require(SearchTime > TimeSpan.Zero && SearchTime <= TimeSpan.FromHours(1), Key(nameof(SearchTime)), SearchTime, "more than 0, at most 1 hour");
        require(SlowCaller > TimeSpan.FromSeconds(1) && SlowCaller <= TimeSpan.FromMinutes(10), Key(nameof(SlowCaller)), SlowCaller, "more than 1 second, at most 10 minutes");
    }

    private static string Key(string name) => $"Limits.{name}";
}
