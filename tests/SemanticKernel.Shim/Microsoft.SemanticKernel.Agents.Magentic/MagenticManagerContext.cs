using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>What a manager decides on.</summary>
[Experimental("SKEXP0110")]
public sealed class MagenticManagerContext
{
    internal MagenticManagerContext(
        MagenticTeam team, IReadOnlyList<ChatMessageContent> task, IEnumerable<ChatMessageContent> history,
        int responseCount, int stallCount, int resetCount)
    {
        Team = team;
        Task = task;
        History = [.. history];
        ResponseCount = responseCount;
        StallCount = stallCount;
        ResetCount = resetCount;
    }

    public IReadOnlyList<ChatMessageContent> History { get; }

    public int ResponseCount { get; }

    public int StallCount { get; }

    public int ResetCount { get; }

    public MagenticTeam Team { get; }

    public IReadOnlyList<ChatMessageContent> Task { get; }
}
