using AgentTrace.Collector.Attribution;

namespace AgentTrace.Collector.Hold;

/// <summary>Writes a verdict onto the culprit's own span, which has not left yet. Everything else of the request stays as it came.</summary>
internal static class VerdictOnCulprit
{
    /// <summary>The request with the verdict's attributes added to the span; null when the span is not in it.</summary>
    public static byte[]? Write(byte[] request, string culpritSpanId, Verdict verdict)
    {
        ulong culprit = ulong.Parse(culpritSpanId, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
        SplitRequest split = SplitRequest.Read(request);
        int[] all = [.. Enumerable.Range(0, split.Count)];
        // A span that was sent twice is held twice; backends show the last one, so each gets it.
        if (!Array.Exists(all, index => split.SpanId(index) == culprit))
            return null;
        ReadOnlyMemory<byte> attributes = VerdictSpans.EncodeAttributes(verdict);
        return split.Write(all, index => split.SpanId(index) == culprit ? attributes : default, withUnknown: true);
    }
}
