namespace AgentTrace.Cli.Demo;

/// <summary>One story of the travel desk, with the error that was planted in it.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Title">What happens, for people.</param>
/// <param name="Request">What the customer asks for.</param>
/// <param name="Country">Where the customer goes: decides which visa rule the desk's work is checked against.</param>
/// <param name="HotelsAreDown">Whether the hotel booking tool fails.</param>
/// <param name="Script">What each agent's model answers, in order.</param>
/// <param name="ExpectedAgent">Who is planted as the culprit; null for a success.</param>
/// <param name="ExpectedStep">The 0-based step of the planted error; null for a success.</param>
internal sealed record Scenario(
    string Name, string Title, string Request, string Country, bool HotelsAreDown, IReadOnlyDictionary<string, IReadOnlyList<ScriptedReply>> Script,
    string? ExpectedAgent, int? ExpectedStep);
