using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>A text in passages (lines or sentences) that can be marked by places of its folded form and taken out.</summary>
internal sealed partial class PassageText
{
    private readonly string[] _passages;
    private readonly int[] _ends;
    private readonly bool[] _marked;

    public PassageText(string text)
    {
        _passages = [.. Passage().Matches(text).Select(match => match.Value)];
        _ends = new int[_passages.Length];
        _marked = new bool[_passages.Length];
        StringBuilder folded = new(text.Length);
        for (int i = 0; i < _passages.Length; i++)
        {
            folded.Append(FoldedText.Of(_passages[i]));
            _ends[i] = folded.Length;
        }

        Folded = folded.ToString();
    }

    /// <summary>All passages folded, one after the other: an instruction broken over lines reads as one here.</summary>
    public string Folded { get; }

    public bool HasMarks => Array.IndexOf(_marked, true) >= 0;

    /// <summary>Marks every passage that has a part between two places of <see cref="Folded"/>.</summary>
    public void Mark(int start, int end)
    {
        int first = Array.BinarySearch(_ends, start + 1);
        for (int i = first < 0 ? ~first : first; i < _ends.Length && (i == 0 ? 0 : _ends[i - 1]) < end; i++)
            _marked[i] = true;
    }

    /// <summary>Marks what only shows when the text is read in another way: nobody hides a harmless sentence.</summary>
    public void MarkDisguised()
    {
        foreach (string reading in DisguisedText.Readings(Folded))
        {
            foreach ((int start, int end) in JudgeAddress.In(reading).Concat(JudgeAddress.Complaints(reading)))
            {
                if (!reading.AsSpan(start, end - start).SequenceEqual(Folded.AsSpan(start, end - start)))
                    Mark(start, end);
            }
        }

        char[] letters = Folded.ToCharArray();
        Array.Reverse(letters);
        string backwards = new(letters);
        foreach ((int start, int end) in JudgeAddress.In(backwards).Concat(JudgeAddress.Complaints(backwards)))
            Mark(Folded.Length - end, Folded.Length - start);

        for (int i = 0; i < _passages.Length; i++)
        {
            string folded = Folded[(i == 0 ? 0 : _ends[i - 1]).._ends[i]];
            // A number that was not masked as it stood shows only when folded: it was written so as not to be found.
            _marked[i] |= JudgeAddress.StartsLike(folded)
                || StepNumbers.Any(folded)
                || DisguisedText.Decodings(_passages[i]).Any(decoded => JudgeAddress.SpeaksOrComplains(FoldedText.Of(decoded)));
        }
    }

    /// <summary>The text with one line in brackets for marked passages that stand together.</summary>
    public string WithoutMarked()
    {
        StringBuilder kept = new();
        for (int i = 0; i < _passages.Length; i++)
        {
            if (!_marked[i])
            {
                kept.Append(_passages[i]);
                continue;
            }

            int characters = _passages[i].Length;
            while (i + 1 < _passages.Length && _marked[i + 1])
                characters += _passages[++i].Length;
            kept.Append(CultureInfo.InvariantCulture, $"[{characters} characters that speak to a judge were taken out]\n");
        }

        return kept.ToString();
    }

    /// <summary>A line or a sentence, whichever ends first, with what ends it; very long ones in pieces.</summary>
    [GeneratedRegex(@"(?s:.{1,600}?(?:[.!?;](?=\s)\s*|[。！？；]|\n|$)|.{1,600})")]
    private static partial Regex Passage();
}
