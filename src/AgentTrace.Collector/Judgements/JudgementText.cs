using AgentTrace.Collector.Query;

namespace AgentTrace.Collector.Judgements;

/// <summary>Bounds the texts that people post.</summary>
internal static class JudgementText
{
    /// <exception cref="ApiException">It is longer.</exception>
    public static string Within(string name, string text, int longest) =>
        text.Length <= longest ? text : throw QueryParameters.Wrong(name, $"{text.Length} characters long", $"at most {longest}");
}
