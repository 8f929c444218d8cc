namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Reads an answer as the paper does: the words decide, and the upper half is looked for first.</summary>
internal static class HalfAnswerReader
{
    public const string UpperHalf = "upper half";
    public const string LowerHalf = "lower half";

    public static HalfAnswer Read(string answer) =>
        answer.Contains(UpperHalf, StringComparison.OrdinalIgnoreCase) ? HalfAnswer.Upper
        : answer.Contains(LowerHalf, StringComparison.OrdinalIgnoreCase) ? HalfAnswer.Lower
        : HalfAnswer.Unclear;
}
