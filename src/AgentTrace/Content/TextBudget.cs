namespace AgentTrace.Content;

internal static class TextBudget
{
    /// <summary>The length to which each text may go so that all fit into the budget: the longest are cut, the short stay whole.</summary>
    /// <remarks>Cutting in order instead would let one long system prompt take the place of the newest message.</remarks>
    public static int LimitPerText(IEnumerable<int> lengths, int budget)
    {
        int[] rising = [.. lengths.Order()];
        long left = budget;
        for (int i = 0; i < rising.Length; i++)
        {
            long share = left / (rising.Length - i);
            if (rising[i] > share)
                return (int)share;
            left -= rising[i];
        }

        return int.MaxValue;
    }
}
