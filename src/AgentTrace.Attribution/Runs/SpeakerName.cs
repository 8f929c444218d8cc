namespace AgentTrace.Attribution.Runs;

/// <summary>A speaker taken apart: <c>Manager (-> Researcher)</c> is the agent <c>Manager</c> handing over to <c>Researcher</c>.</summary>
internal readonly record struct SpeakerName(string Agent, string? HandoffTo)
{
    private const string Arrow = "->";

    /// <summary>The agent's base name: the text before <c>" ("</c>.</summary>
    public static string BaseOf(string speaker)
    {
        int aside = speaker.IndexOf(" (", StringComparison.Ordinal);
        return (aside > 0 ? speaker[..aside] : speaker).Trim();
    }

    public static SpeakerName Parse(string speaker)
    {
        int aside = speaker.IndexOf(" (", StringComparison.Ordinal);
        if (aside <= 0)
            return new(speaker.Trim(), null);
        string inside = speaker[(aside + 2)..].TrimEnd().TrimEnd(')').Trim();
        string? target = inside.StartsWith(Arrow, StringComparison.Ordinal) ? inside[Arrow.Length..].Trim() : null;
        return new(speaker[..aside].Trim(), string.IsNullOrEmpty(target) ? null : target);
    }
}
