using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Viewer.Tests.Probes;

/// <summary>A run with probes: recorded from a real circuit, or made up span by span.</summary>
internal static class ProbedRun
{
    /// <summary>
    /// What <c>AddAgentTraceProbes</c> sent of a failed run of five turns with a trained circuit of single_double_quote, as the store gave it back:
    /// OTLP/JSON. Its agent wrote a string that ends as it began at step 1, and one that does not at step 3.
    /// </summary>
    public static byte[] Recorded => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Probes", "quote-probe.json"));

    /// <summary>A failed run of one turn, and a probe under it.</summary>
    public static (TestTrace Trace, Span Probe) Start(string task = "quotes", string prediction = "'", string? answer = "\"", double surprise = 2.5)
    {
        var trace = new TestTrace(3);
        Span run = trace.AddRun("failure");
        Span turn = trace.AddTurn(run, "Coder", 0, "x = ' red \"");
        Span probe = trace.Add($"probe {task}", turn, TestTrace.Text("agenttrace.probe.task", task), TestTrace.Text("agenttrace.probe.prediction", prediction),
            Real("agenttrace.probe.probability", 0.98), Real("agenttrace.probe.loss", 2.6), Real("agenttrace.probe.surprise", surprise));
        if (answer is not null)
            probe.Attributes.Add(TestTrace.Text("agenttrace.probe.answer", answer));
        return (trace, probe);
    }

    public static Span AddNode(TestTrace trace, Span above, string name, double activation, double contribution, params string[] fedBy)
    {
        string[] parts = name.Split('.');
        Span node = trace.Add($"circuit_node {name}", above, TestTrace.Text("agenttrace.circuit.node", name), TestTrace.Text("agenttrace.circuit.node.site", parts.Length > 1 ? parts[1] : ""),
            TestTrace.Whole("agenttrace.circuit.node.layer", long.TryParse(parts[0], out long layer) ? layer : long.MaxValue),
            Real("agenttrace.circuit.node.activation", activation), Real("agenttrace.circuit.node.contribution", contribution));
        var feeds = new ArrayValue();
        feeds.Values.AddRange(fedBy.Select(feed => new AnyValue { StringValue = feed }));
        node.Attributes.Add(new KeyValue { Key = "agenttrace.circuit.node.fed_by", Value = new AnyValue { ArrayValue = feeds } });
        return node;
    }

    public static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    private static KeyValue Real(string key, double value) => new() { Key = key, Value = new AnyValue { DoubleValue = value } };
}
