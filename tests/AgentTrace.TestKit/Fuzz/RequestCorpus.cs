using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>Valid requests of every shape the schema allows, to be mutated.</summary>
internal static class RequestCorpus
{
    public static ExportRequest[] Create(Random random)
    {
        var requests = new List<ExportRequest> { new(), TestTrace.WithIgnoredToolError().Request, Many(random) };
        for (byte i = 2; i < 12; i++)
        {
            TestTrace trace = TestTrace.WithIgnoredToolError(i);
            trace.Add("GET /", null, TestTrace.Text("http.request.method", "GET"));
            Dress(trace.Request, random);
            requests.Add(trace.Request);
        }

        return [.. requests];
    }

    private static ExportRequest Many(Random random)
    {
        var request = new ExportRequest();
        for (byte i = 20; i < 24; i++)
        {
            var trace = new TestTrace(i);
            for (int span = random.Next(1, 6); span > 0; span--)
                trace.Add("work", null, TestTrace.Whole("n", random.Next()));
            request.ResourceSpans.Add(trace.Request.ResourceSpans);
        }

        return request;
    }

    private static void Dress(ExportRequest request, Random random)
    {
        Span span = request.ResourceSpans[0].ScopeSpans[0].Spans[random.Next(5)];
        span.TraceState = "a=1";
        span.Flags = 257;
        span.Events.Add(new Span.Types.Event { Name = "exception", TimeUnixNano = 5, Attributes = { TestTrace.Text("exception.message", "é\n\"") } });
        span.Links.Add(new Span.Types.Link { TraceId = span.TraceId, SpanId = ByteString.CopyFrom(1, 2, 3, 4, 5, 6, 7, 8), Flags = 1 });
        span.Attributes.Add(new KeyValue { Key = "deep", Value = Deep(random.Next(1, 12)) });
        span.Attributes.Add(new KeyValue { Key = "real", Value = new AnyValue { DoubleValue = random.NextDouble() } });
        span.Attributes.Add(new KeyValue { Key = "flag", Value = new AnyValue { BoolValue = true } });
        request.ResourceSpans[0].SchemaUrl = "https://opentelemetry.io/schemas/1.41.0";
        request.ResourceSpans[0].ScopeSpans[0].Scope.Attributes.Add(TestTrace.Text("scope", "s"));
    }

    private static AnyValue Deep(int depth) => depth == 0
        ? new AnyValue { StringValue = "end" }
        : depth % 2 == 0
            ? new AnyValue { ArrayValue = new ArrayValue { Values = { Deep(depth - 1), new AnyValue { IntValue = depth } } } }
            : new AnyValue { KvlistValue = new KeyValueList { Values = { new KeyValue { Key = "k", Value = Deep(depth - 1) } } } };
}
