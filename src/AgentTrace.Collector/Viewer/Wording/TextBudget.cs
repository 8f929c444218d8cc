namespace AgentTrace.Collector.Viewer.Wording;

/// <summary>How much text a page may still hold, so that a run of any size makes a page of a bounded one.</summary>
/// <param name="bytes">Bytes of HTML, about.</param>
internal sealed class TextBudget(int bytes)
{
    /// <summary>What a letter outside ASCII and a sign of markup take once they are encoded.</summary>
    private const int Encoded = 8;

    private int _left = bytes;

    /// <summary>The text as far as both bounds reach, and how many of its characters were left out.</summary>
    public (string Shown, int LeftOut) Take(string text, int longest)
    {
        int room = Math.Min(_left, longest), at = 0, cost = 0;
        for (; at < text.Length; at++)
        {
            cost += char.IsAsciiLetterOrDigit(text[at]) || text[at] is ' ' or '.' or ',' or '\n' ? 1 : Encoded;
            if (cost > room)
                break;
        }

        if (at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]))
            at--;
        _left -= Math.Min(cost, room);
        return (PlainText.Of(text[..at]), text.Length - at);
    }
}
