using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>What the OTLP specification asks of a receiver for one request, told by Google's protobuf code.</summary>
public static partial class FuzzOracle
{
    private const int LongestVarint = 10;

    /// <summary>Says which kind of case it was; a text that begins with <c>WRONG</c> is a defect of the receiver.</summary>
    public static string Judge(FuzzRequest request, FuzzAnswer answer)
    {
        if (!answer.IsAccepted && !answer.IsRefused)
            return $"WRONG: neither accepted nor refused: {answer.Detail}";
        if (request.Whole is { } whole)
            return Compare(whole, answer, request.IsJson ? "whole JSON" : "whole protobuf");
        if (request.IsJson)
            return JudgeJson(request.Body, answer);
        if (TryParse(request.Body) is not { } read)
            return answer.IsRefused ? "damaged protobuf: refused" : "damaged protobuf: damage inside a value, passed on as it came";
        if (answer.IsRefused && answer.Detail.Contains("wire type", StringComparison.Ordinal))
            return "damaged protobuf: refused, a known field has another wire type";
        // Google's C# code drops what a tag has above 32 bits; its Go code, and so the OpenTelemetry Collector, refuses a field number that the format does not have.
        return answer.IsRefused && BadTag().Match(answer.Detail) is { Success: true } tag && EndsLongTag(request.Body, int.Parse(tag.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            ? "damaged protobuf: refused, a field number above 2^29 - 1"
            : Compare(read, answer, "damaged protobuf, still readable");
    }

    /// <summary>Whether a receiver must take this span (opentelemetry-proto, trace.proto: ids of 16 and 8 bytes, not all zeros).</summary>
    public static bool IsValid(Span span) =>
        span.TraceId.Length == 16 && span.TraceId.Any(b => b != 0) && span.SpanId.Length == 8 && span.SpanId.Any(b => b != 0) && span.ParentSpanId.Length is 0 or 8;

    /// <summary>The request's spans, in order.</summary>
    public static IEnumerable<Span> Spans(ExportRequest request) => request.ResourceSpans.SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans);

    /// <summary>The request as Google's code reads it, or null when it cannot.</summary>
    public static ExportRequest? TryParse(byte[] body)
    {
        try
        {
            return ExportRequest.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Whether a varint of more than 32 bits ends before that byte.</summary>
    private static bool EndsLongTag(byte[] body, int end)
    {
        int start = end - 1;
        // What stands before the tag may look like more of it.
        while (start > 0 && end - start < LongestVarint && body[start - 1] >= 0x80)
            start--;
        using var tag = new CodedInputStream(body, start, end - start);
        return tag.ReadUInt64() > uint.MaxValue && tag.IsAtEnd;
    }

    [GeneratedRegex("no valid field tag before byte ([0-9]+)")]
    private static partial Regex BadTag();

    private static string Compare(ExportRequest request, FuzzAnswer answer, string kind)
    {
        int valid = Spans(request).Count(IsValid), invalid = Spans(request).Count() - valid;
        if (valid == 0 && invalid > 0)
            return answer.IsRefused ? $"{kind}: refused, no span is valid" : $"WRONG: accepted though none of {invalid} spans is valid: {answer.Detail}";
        if (!answer.IsAccepted)
            return $"WRONG: refused though {valid} spans are valid: {answer.Detail}";
        if (answer.RejectedSpans != invalid)
            return $"WRONG: {answer.RejectedSpans} spans rejected where {invalid} of {valid + invalid} are invalid";
        return invalid == 0 ? $"{kind}: accepted" : $"{kind}: partial success";
    }

    private static string JudgeJson(byte[] body, FuzzAnswer answer)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1000 });
            return answer.IsAccepted ? "damaged JSON, still readable: accepted" : "damaged JSON, still readable: refused";
        }
        catch (JsonException)
        {
            return answer.IsRefused ? "damaged JSON: refused" : $"WRONG: accepted what is no JSON: {answer.Detail}";
        }
    }
}
