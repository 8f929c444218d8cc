using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>What a framework's span told about work that a span of ours covers.</summary>
internal sealed class SpanOffer
{
    private readonly Dictionary<string, object> _attributes = [];
    private long? _inputTokens;
    private long? _outputTokens;

    /// <summary>How the last of the covered spans failed; null when it did not.</summary>
    public SpanFailure? Failure { get; set; }

    /// <summary>An attribute; the last span that knows it counts.</summary>
    public void Set(string key, object value) => _attributes[key] = value;

    /// <summary>Tokens of one covered span; several add up.</summary>
    public void AddUsage(long? inputTokens, long? outputTokens)
    {
        if (inputTokens is not null)
            _inputTokens = (_inputTokens ?? 0) + inputTokens;
        if (outputTokens is not null)
            _outputTokens = (_outputTokens ?? 0) + outputTokens;
    }

    /// <summary>Writes what <paramref name="activity"/> lacks.</summary>
    public void Fill(Activity activity)
    {
        // Tokens come as a pair: half from one count and half from another would be a sum of nothing.
        if (activity.GetTagItem(GenAiAttributes.UsageInputTokens) is null && activity.GetTagItem(GenAiAttributes.UsageOutputTokens) is null)
        {
            activity.SetTag(GenAiAttributes.UsageInputTokens, _inputTokens);
            activity.SetTag(GenAiAttributes.UsageOutputTokens, _outputTokens);
        }

        foreach ((string key, object value) in _attributes)
            if (activity.GetTagItem(key) is null)
                activity.SetTag(key, value);
        Failure?.MarkUnlessSet(activity);
    }
}
