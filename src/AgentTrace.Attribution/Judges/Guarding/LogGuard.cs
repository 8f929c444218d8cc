using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>Makes text of a log harmless before a model reads it, and keeps account of what was changed.</summary>
/// <remarks>
/// By rule, never silently: passages that speak to a judge are taken out with a mark in their place, invisible characters are dropped, and numbers of
/// steps that the log mentions become <c>#</c>, so that none can be taken for a step of the prompt. One per attribution; not for several threads at once.
/// </remarks>
internal sealed partial class LogGuard(IEnumerable<string> agents)
{
    private readonly string[] _agents = [.. agents.Select(FoldedText.Of).Where(name => name.Length > 2).Distinct(StringComparer.Ordinal)];

    /// <summary>Passages taken out so far, by the step they stood in; -1 for the task and the like.</summary>
    public SortedDictionary<int, int> Removed { get; } = [];

    /// <summary>Whether anything was changed so far.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The text as a prompt may show it.</summary>
    /// <param name="step">The step it stands in; -1 for the task and the like.</param>
    /// <param name="text">The text.</param>
    public string Clean(int step, string text)
    {
        string visible = WithoutInvisible(text);
        List<string> passages = [.. Passage().Matches(visible).Select(match => match.Value)];
        bool[] hostile = new bool[passages.Count];
        for (int i = 0; i < passages.Count; i++)
        {
            hostile[i] |= Speaks(passages[i]);
            // An instruction may be broken over two or three passages, none of which says anything alone.
            if (i > 0 && !hostile[i] && !hostile[i - 1] && Speaks(passages[i - 1] + passages[i]))
                hostile[i - 1] = hostile[i] = true;
            if (i > 1 && !hostile[i] && !hostile[i - 1] && !hostile[i - 2] && Speaks(passages[i - 2] + passages[i - 1] + passages[i]))
                hostile[i - 2] = hostile[i - 1] = hostile[i] = true;
        }

        StringBuilder kept = new(visible.Length);
        for (int i = 0; i < passages.Count; i++)
        {
            if (!hostile[i])
            {
                kept.Append(passages[i]);
                continue;
            }

            int first = i, characters = passages[i].Length;
            while (i + 1 < passages.Count && hostile[i + 1])
                characters += passages[++i].Length;
            kept.Append(CultureInfo.InvariantCulture, $"[{characters} characters that speak to a judge were taken out]\n");
            Removed[step] = Removed.GetValueOrDefault(step) + (i - first + 1);
            HasChanged = true;
        }

        string masked = StepNumbers.Masked(kept.ToString(), out int numbers);
        HasChanged |= numbers > 0;
        return masked;
    }

    /// <summary>A name on one line, without anything that speaks to a judge.</summary>
    public string CleanName(int step, string name)
    {
        string line = Clean(step, name.ReplaceLineEndings(" ")).Trim();
        return line.Length <= 100 ? line : line[..100] + "...";
    }

    private bool Speaks(string passage) => Readings(passage).Any(reading => JudgeAddress.Speaks(reading)
        || (JudgeAddress.NamesCulprit(reading) && StepNumbers.Any(reading))
        || (JudgeAddress.NamesCulprit(reading) && _agents.Any(agent => reading.Contains(agent, StringComparison.Ordinal))));

    /// <summary>The ways in which a passage may be meant to be read: as it is, in disguise, backwards, encoded.</summary>
    private static IEnumerable<string> Readings(string passage)
    {
        string folded = FoldedText.Of(passage);
        yield return folded;
        if (FoldedText.Unmasked(folded) is { } unmasked)
            yield return unmasked;
        foreach (string decoded in DisguisedText.Decodings(passage, folded))
            yield return FoldedText.Of(decoded);
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

    /// <summary>A line or a sentence, whichever ends first, with what ends it; very long ones in pieces.</summary>
    [GeneratedRegex(@"(?s:.{1,600}?(?:[.!?;](?=\s)\s*|[。！？；]|\n|$)|.{1,600})")]
    private static partial Regex Passage();
}
