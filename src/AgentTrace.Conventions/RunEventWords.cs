namespace AgentTrace.Conventions;

/// <summary>The words in which a run is told to a trace model, one an event: who acts, what was called and how that ended, what was said, who is handed to.</summary>
/// <remarks>Agents and tools have numbers by the order in which they first appear in the run, so that a model holds no name of a team and none of its content.</remarks>
public static class RunEventWords
{
    /// <summary>What identifies this list in a model's configuration; another list has another name.</summary>
    public const string Name = "run-events-1";

    /// <summary>Agents and tools with a number of their own; those beyond share <see cref="AnotherAgent"/> and <see cref="AnotherTool"/>.</summary>
    public const int Numbered = 8;

    /// <summary>A run begins.</summary>
    public const string Start = "run";

    /// <summary>A run ends.</summary>
    public const string End = "end";

    /// <summary>A person's turn begins.</summary>
    public const string Human = "human";

    /// <summary>The turn of an agent beyond the numbered ones begins.</summary>
    public const string AnotherAgent = "agent_more";

    /// <summary>A tool beyond the numbered ones is called.</summary>
    public const string AnotherTool = "tool_more";

    /// <summary>The call that follows is one that the agent made in an earlier turn, with the same arguments.</summary>
    public const string Again = "again";

    /// <summary>The call that follows is to a tool whose last call failed.</summary>
    public const string Retry = "retry";

    /// <summary>A call returned something.</summary>
    public const string Ok = "ok";

    /// <summary>A call failed.</summary>
    public const string Failed = "failed";

    /// <summary>A call returned nothing of use.</summary>
    public const string Nothing = "nothing";

    /// <summary>The turn made more calls than are told.</summary>
    public const string MoreCalls = "more_calls";

    /// <summary>The turn reports on a program that ran.</summary>
    public const string Ran = "ran";

    /// <summary>The turn reports on a program that failed.</summary>
    public const string Crashed = "crashed";

    /// <summary>The turn has code in it.</summary>
    public const string Code = "code";

    /// <summary>The turn says almost what the same agent said before.</summary>
    public const string Repeats = "repeats";

    /// <summary>The turn speaks of something that did not work.</summary>
    public const string Admits = "admits";

    /// <summary>The turn assumes something or makes it up.</summary>
    public const string Guesses = "guesses";

    /// <summary>The turn gives its answer as the last word.</summary>
    public const string Claims = "claims";

    /// <summary>The turn says a word or two.</summary>
    public const string Brief = "brief";

    /// <summary>The turn says something else.</summary>
    public const string Says = "says";

    /// <summary>The turn says nothing, where content was captured.</summary>
    public const string Silent = "silent";

    /// <summary>The turn itself ended in an error.</summary>
    public const string Error = "error";

    /// <summary>The agent of the next word is handed to.</summary>
    public const string HandsTo = "hands_to";

    /// <summary>All words; a word's place is its token.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Start, End, Human, .. Enumerable.Range(0, Numbered).Select(Agent), AnotherAgent, .. Enumerable.Range(0, Numbered).Select(Tool), AnotherTool,
        Again, Retry, Ok, Failed, Nothing, MoreCalls, Ran, Crashed, Code, Repeats, Admits, Guesses, Claims, Brief, Says, Silent, Error, HandsTo,
    ];

    /// <summary>The turn of an agent begins, or it is handed to.</summary>
    /// <param name="number">0-based, by first appearance.</param>
    public static string Agent(int number) => number < Numbered ? $"agent_{number}" : AnotherAgent;

    /// <summary>A tool is called.</summary>
    /// <param name="number">0-based, by first appearance.</param>
    public static string Tool(int number) => number < Numbered ? $"tool_{number}" : AnotherTool;
}
