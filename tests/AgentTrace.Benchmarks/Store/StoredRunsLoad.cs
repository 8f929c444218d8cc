using System.Globalization;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Benchmarks.Store;

/// <summary>Agent runs of 50 spans of about 420 bytes, 10 attributes each, of which three have a value of their own; five spans of ten runs a request.</summary>
internal sealed class StoredRunsLoad(int seed)
{
    public const int SpansPerRun = 50;
    public const int RunsAtOnce = 10;
    public const int RequestsPerRun = 10;

    private const int SpansPerPart = SpansPerRun / RequestsPerRun;
    private static readonly string[] s_agents = ["Flights", "Hotels", "Concierge", "Pricing", "Orchestrator"];

    private readonly Random _random = new(seed);

    /// <summary>The trace of a run.</summary>
    public static UInt128 TraceOf(int run)
    {
        // Ids are spread as random ones are, and the same for every seed.
        ulong mixed = unchecked(((ulong)run + 1) * 0x9E37_79B9_7F4A_7C15);
        return new UInt128(mixed ^ 0x5A17_5A17_5A17_5A17, mixed);
    }

    /// <summary>A span's own value of <c>gen_ai.response.id</c>.</summary>
    public static string ResponseOf(int run, int index) => $"chatcmpl-{unchecked((((ulong)run * SpansPerRun) + (ulong)index + 1) * 0xA24B_AED4_963E_E407):x16}";

    /// <summary>The requests of ten runs from this one on.</summary>
    public IEnumerable<byte[]> Requests(int firstRun)
    {
        for (int part = 0; part < RequestsPerRun; part++)
        {
            var writer = new ProtobufWriter(RunsAtOnce * SpansPerPart * 450);
            int resourceSpans = writer.BeginMessage(OtlpFields.Request.ResourceSpans);
            int resource = writer.BeginMessage(OtlpFields.ResourceSpans.Resource);
            OtlpSpanWriter.KeyValue(writer, OtlpFields.Resource.Attributes, "service.name", "travel");
            writer.EndMessage(resource);
            int scopeSpans = writer.BeginMessage(OtlpFields.ResourceSpans.ScopeSpans);
            for (int run = firstRun; run < firstRun + RunsAtOnce; run++)
                for (int span = part * SpansPerPart; span < (part + 1) * SpansPerPart; span++)
                    Span(writer, run, span);
            writer.EndMessage(scopeSpans);
            writer.EndMessage(resourceSpans);
            yield return writer.ToArray();
        }
    }

    private void Span(ProtobufWriter writer, int run, int index)
    {
        string agent = s_agents[index % s_agents.Length];
        ulong start = 1_750_000_000_000_000_000 + ((ulong)run * 3_000_000_000) + ((ulong)index * 41_000_000) + (ulong)_random.Next(1_000_000);
        int span = writer.BeginMessage(OtlpFields.ScopeSpans.Spans);
        writer.Bytes(OtlpFields.Span.TraceId, Convert.FromHexString(TraceOf(run).ToString("x32", CultureInfo.InvariantCulture)));
        writer.Bytes(OtlpFields.Span.SpanId, SpanId(run, index));
        if (index > 0)
            writer.Bytes(OtlpFields.Span.ParentSpanId, SpanId(run, index / 5));
        writer.String(OtlpFields.Span.Name, index == 0 ? "invoke_workflow travel" : $"invoke_agent {agent}");
        writer.Varint(OtlpFields.Span.Kind, 1);
        writer.Fixed64(OtlpFields.Span.StartTimeUnixNano, start);
        writer.Fixed64(OtlpFields.Span.EndTimeUnixNano, start + (ulong)_random.Next(1_000_000, 900_000_000));
        foreach ((string key, object value) in (ReadOnlySpan<(string, object)>)
        [
            ("gen_ai.operation.name", index == 0 ? "invoke_workflow" : "invoke_agent"), ("gen_ai.agent.name", agent), ("gen_ai.system", "openai"),
            ("gen_ai.request.model", "gpt-4o-mini"), ("agenttrace.turn.index", (long)index), ("gen_ai.usage.input_tokens", (long)_random.Next(200, 4000)),
            ("gen_ai.usage.output_tokens", (long)_random.Next(20, 800)), ("server.address", "llm.example"), ("gen_ai.response.id", ResponseOf(run, index)),
            ("gen_ai.response.finish_reason", "stop"),
        ])
            OtlpSpanWriter.KeyValue(writer, OtlpFields.Span.Attributes, key, value);
        writer.EndMessage(span);
    }

    private static byte[] SpanId(int run, int index) =>
        BitConverter.GetBytes(unchecked((((ulong)run * SpansPerRun) + (ulong)index + 1) * 0xD134_2543_DE82_EF95));
}
