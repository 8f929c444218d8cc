namespace AgentTrace.Analyzers;

/// <summary>The rules' categories, by which <c>.editorconfig</c> sets them together: <c>dotnet_analyzer_diagnostic.category-AgentTrace.Wiring.severity</c>.</summary>
internal static class Categories
{
    /// <summary>1xxx: whether an agent is traced at all, and can be told from others.</summary>
    public const string Wiring = "AgentTrace.Wiring";

    /// <summary>2xxx: what must not get into telemetry.</summary>
    public const string Content = "AgentTrace.Content";

    /// <summary>3xxx: turns that are cut short, tools that hide their failure, handoffs to nobody.</summary>
    public const string Turns = "AgentTrace.Turns";
}
