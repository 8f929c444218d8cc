using System.Text;

namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>How many tokens a text has, about: one for every four bytes of UTF-8, rounded up.</summary>
/// <remarks>
/// Good to a third for English and code, high for other scripts: an estimate that stops too early rather than too late. Used before a question
/// is sent, and for models that report no usage; reported tokens always come first.
/// </remarks>
public static class TokenEstimate
{
    private const int BytesPerToken = 4;

    /// <summary>Tokens of <paramref name="text"/>, estimated.</summary>
    public static long Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (Encoding.UTF8.GetByteCount(text) + (long)BytesPerToken - 1) / BytesPerToken;
    }
}
