using System.Text;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>Makes text of a log harmless before a model reads it, and keeps account of what was changed.</summary>
/// <remarks>
/// By rule, never silently: passages that speak to a judge are taken out with a mark in their place, invisible characters are dropped, and numbers of
/// steps that the log mentions become <c>#</c>, so that none can be taken for a step of the prompt. One per attribution; not for several threads at once.
/// </remarks>
internal sealed class LogGuard(IEnumerable<string> agents)
{
    /// <summary>Characters around a complaint in which an agent's name makes it a verdict.</summary>
    private const int Near = 40;

    private readonly string[] _agents = [.. agents.Select(FoldedText.Of).Where(name => name.Length > 2).Distinct(StringComparer.Ordinal)];

    /// <summary>The steps from which passages were taken out so far; -1 for the task and the names.</summary>
    public SortedSet<int> Removed { get; } = [];

    /// <summary>Whether anything was changed so far.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The text as a prompt may show it.</summary>
    /// <param name="step">The step it stands in; -1 for the task and the like.</param>
    /// <param name="text">The text.</param>
    public string Clean(int step, string text)
    {
        string masked = StepNumbers.Masked(WithoutInvisible(text), out int numbers);
        HasChanged |= numbers > 0;
        PassageText passages = new(masked);
        foreach ((int start, int end) in JudgeAddress.In(passages.Folded))
            passages.Mark(start, end);
        foreach ((int start, int end) in JudgeAddress.Complaints(passages.Folded))
        {
            if (NamesAgent(passages.Folded, start, end))
                passages.Mark(start, end);
        }

        passages.MarkDisguised();
        if (!passages.HasMarks)
            return masked;
        HasChanged = true;
        Removed.Add(step);
        return passages.WithoutMarked();
    }

    /// <summary>A name on one line, without anything that speaks to a judge.</summary>
    public string CleanName(int step, string name)
    {
        string line = Clean(step, name.ReplaceLineEndings(" ")).Trim();
        return line.Length <= 100 ? line : line[..100] + "...";
    }

    private bool NamesAgent(string folded, int start, int end)
    {
        int from = Math.Max(0, start - Near), to = Math.Min(folded.Length, end + Near);
        foreach (string agent in _agents)
        {
            if (folded.AsSpan(from, to - from).Contains(agent, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private string WithoutInvisible(string text)
    {
        if (!text.Any(FoldedText.IsInvisible) && !text.Contains('\uDB40'))
            return text;
        StringBuilder visible = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            // Tag characters (U+E0000 and on) carry hidden ASCII; their high surrogate is this one.
            if (text[i] == '\uDB40')
                i++;
            else if (!FoldedText.IsInvisible(text[i]))
                visible.Append(text[i]);
        }

        HasChanged = true;
        return visible.ToString();
    }
}
