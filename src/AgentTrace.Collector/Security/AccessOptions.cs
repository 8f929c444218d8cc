namespace AgentTrace.Collector.Security;

/// <summary>Who may do what, by bearer tokens. Where there is no token at all everybody may do everything; with one, a role without a token is closed to all but admins.</summary>
public sealed class AccessOptions
{
    private const int Shortest = 16, Longest = 512;

    /// <summary>Tokens of those who send spans, metrics and logs.</summary>
    public IReadOnlyList<string> IngestTokens { get; init; } = [];

    /// <summary>Tokens of those who read runs, traces and labels.</summary>
    public IReadOnlyList<string> QueryTokens { get; init; } = [];

    /// <summary>Tokens of those who may do all that, and post outcomes and labels.</summary>
    public IReadOnlyList<string> AdminTokens { get; init; } = [];

    internal bool IsOn => IngestTokens.Count + QueryTokens.Count + AdminTokens.Count > 0;

    internal void Validate(Action<bool, string, object, string> require)
    {
        foreach ((string key, IReadOnlyList<string> tokens) in ((string, IReadOnlyList<string>)[])[(nameof(IngestTokens), IngestTokens), (nameof(QueryTokens), QueryTokens), (nameof(AdminTokens), AdminTokens)])
            for (int i = 0; i < tokens.Count; i++)
            {
                // Never the token itself: messages end up in logs.
                string token = tokens[i];
                bool holds = token.Length is >= Shortest and <= Longest && token.All(c => c is > ' ' and < '\x7F');
                require(holds, $"Access.{key}[{i}]", $"{token.Length} characters long", $"{Shortest} to {Longest} visible ASCII characters");
            }
    }
}
