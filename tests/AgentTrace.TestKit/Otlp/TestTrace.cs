using System.Buffers.Binary;
using System.Text.Json;
using Google.Protobuf;

namespace AgentTrace.TestKit.Otlp;

/// <summary>Builds one trace span by span with Google's protobuf classes.</summary>
public sealed class TestTrace
{
    private readonly ScopeSpans _spans = new() { Scope = new Scope { Name = "test" } };
    private ulong _clock = 1_700_000_000_000_000_000;
    private ushort _next;

    public TestTrace(byte id = 1)
    {
        TraceId = new byte[16];
        TraceId[15] = id;
        TraceId[0] = 0xA;
        Request = new ExportRequest
        {
            ResourceSpans =
            {
                new ResourceSpans
                {
                    Resource = new Resource { Attributes = { Text("service.name", "travel") } },
                    ScopeSpans = { _spans },
                },
            },
        };
    }

    public byte[] TraceId { get; }

    public string TraceIdHex => Convert.ToHexStringLower(TraceId);

    public ExportRequest Request { get; }

    public byte[] Bytes => Request.ToByteArray();

    public static KeyValue Text(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static KeyValue Whole(string key, long value) => new() { Key = key, Value = new AnyValue { IntValue = value } };

    /// <summary>Adds a span one second after the last; it lasts half a second, a root the whole trace.</summary>
    public Span Add(string name, Span? parent, params ReadOnlySpan<KeyValue> attributes)
    {
        byte[] id = new byte[8];
        id[0] = 0xB;
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(6), ++_next);
        _clock += 1_000_000_000;
        var span = new Span
        {
            TraceId = ByteString.CopyFrom(TraceId),
            SpanId = ByteString.CopyFrom(id),
            ParentSpanId = parent?.SpanId ?? ByteString.Empty,
            Name = name,
            Kind = 1,
            StartTimeUnixNano = _clock,
            EndTimeUnixNano = _clock + 500_000_000,
        };
        foreach (KeyValue attribute in attributes)
            span.Attributes.Add(attribute);
        _spans.Spans.Add(span);
        return span;
    }

    public Span AddRun(string outcome) => Add("invoke_workflow travel", null,
        Text("gen_ai.operation.name", "invoke_workflow"), Text("gen_ai.workflow.name", "travel"), Text("agenttrace.run.outcome", outcome));

    public Span AddTurn(Span run, string agent, int index, string output) => Add($"invoke_agent {agent}", run,
        Text("gen_ai.operation.name", "invoke_agent"), Text("gen_ai.agent.name", agent), Whole("agenttrace.turn.index", index),
        Text("gen_ai.output.messages", JsonSerializer.Serialize(new[] { new { role = "assistant", parts = new[] { new { type = "text", content = output } } } })));

    /// <summary>A failed run of three turns in which the second one's tool failed and its agent went on regardless.</summary>
    public static TestTrace WithIgnoredToolError(byte id = 1)
    {
        var trace = new TestTrace(id);
        Span run = trace.AddRun("failure");
        trace.AddTurn(run, "Flights", 0, "Flight BA117 is booked.");
        Span hotels = trace.AddTurn(run, "Hotels", 1, "The Grand Plaza is booked for you.");
        Span tool = trace.Add("execute_tool book_hotel", hotels, Text("gen_ai.operation.name", "execute_tool"), Text("gen_ai.tool.name", "book_hotel"), Text("error.type", "timeout"));
        tool.Status = new Status { Code = 2, Message = "503 from the booking service" };
        trace.AddTurn(run, "Concierge", 2, "Your trip is arranged.");
        return trace;
    }
}
