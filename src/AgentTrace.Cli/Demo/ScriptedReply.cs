namespace AgentTrace.Cli.Demo;

/// <summary>One answer of a scripted model: words, calls of tools, and whom it hands over to.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Calls">Tools it wants called before it answers again; empty when this is its answer.</param>
/// <param name="HandOffTo">The agent that shall go on; null when the conversation ends here.</param>
internal sealed record ScriptedReply(string Text, IReadOnlyList<ScriptedCall> Calls, string? HandOffTo)
{
    public static ScriptedReply Call(string tool, params (string Name, object Value)[] arguments) =>
        new("", [new ScriptedCall(tool, arguments.ToDictionary(a => a.Name, a => (object?)a.Value))], null);

    public static ScriptedReply Say(string text, string? handOffTo = null) => new(text, [], handOffTo);
}
