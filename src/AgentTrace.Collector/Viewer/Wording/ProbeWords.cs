using System.Globalization;
using AgentTrace.Collector.Viewer.Circuits;

namespace AgentTrace.Collector.Viewer.Wording;

/// <summary>What a probe's reading means, in words.</summary>
internal static class ProbeWords
{
    /// <summary>From so many nats above what was expected, a text is called surprising: the circuit held what was said for e times less likely than it may.</summary>
    private const double Surprising = 1;

    private const int LongestWord = 40;
    private const int LongestHash = 16;

    public static bool IsSurprised(ProbeReading reading) => reading.Surprise >= Surprising;

    public static string Kind(ProbeReading reading) => IsSurprised(reading) ? "Probe: not what the circuit expected" : reading.Answer is null ? "Probe: a prediction" : "Probe: as the circuit expected";

    public static IEnumerable<(string Name, string Value)> Facts(ProbeReading reading)
    {
        if (reading.Loss is { } loss)
            yield return ("Loss", $"{Figure(loss)} nats");
        if (reading.Surprise is { } surprise)
            yield return ("Surprise", $"{Figure(surprise)} nats");
        if (reading.CircuitNodes is { } nodes)
            yield return ("Circuit", $"{nodes} nodes{(reading.CircuitEdges is { } edges ? $", {edges} edges" : "")}");
        if (reading.Nodes.Count > 0)
            yield return ("Active", $"{reading.Nodes.Count + Math.Max(0, reading.NotShown)}");
        if (reading.CircuitHash is { } circuit)
            yield return ("Circuit hash", PlainText.Line(circuit, LongestHash));
        if (reading.ModelHash is { } model)
            yield return ("Model hash", PlainText.Line(model, LongestHash));
        if (reading.Dropped > 0)
            yield return ("Texts dropped before", $"{reading.Dropped}");
    }

    /// <summary>A figure of a circuit: three digits, or as many as are needed to see it.</summary>
    public static string Figure(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 0.001 and < 100_000 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##E0", CultureInfo.InvariantCulture),
    };

    /// <summary>A token as it is shown.</summary>
    public static string Word(string word) => PlainText.Line(word, LongestWord);
}
