using System.Globalization;
using System.Text;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Export;
using AgentTrace.Probe.Spans;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Says what a circuit made of a text.</summary>
internal static class ReadingReport
{
    private const int MostFeeds = 3;

    public static string ToText(CircuitProbe probe, CircuitReading reading)
    {
        string Word(int token) => TerminalText.Line(probe.Vocabulary.Words[token]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Line(probe.Circuit.Task)} after {reading.Prompt.Count} tokens: {Word(reading.Prediction)} with probability {reading.Probability:F3}");
        if (reading is { Answer: { } answer, Loss: { } loss, Surprise: { } surprise })
            text.Append(CultureInfo.InvariantCulture, $"; the text has {Word(answer)}, loss {loss:F3}, surprise {surprise:F3}");
        text.Append('\n').Append("node                  at              activation     mean   contribution  fed by (flow)\n");
        foreach (NodeReading node in reading.Nodes)
        {
            string fed = string.Join(", ", node.FedBy.Take(MostFeeds).Select(feed => string.Create(CultureInfo.InvariantCulture, $"{NodeName.Of(feed.From)} ({feed.Flow:F2})")));
            string from = node.FromToken == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"token ({node.FromToken:F2})");
            text.Append(CultureInfo.InvariantCulture,
                $"{NodeName.Of(node.Node),-20}  {$"{node.Token} {Word(reading.Prompt[node.Token])}",-14}  {node.Activation,10:F3} {node.Mean,8:F3}  {node.Contribution,13:F3}  {string.Join(", ", new[] { from, fed }.Where(part => part.Length > 0))}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    public static string ToJson(CircuitProbe probe, CircuitReading reading) => JsonOutput.Write(json =>
    {
        json.WriteString("task", probe.Circuit.Task);
        json.WriteString("model", probe.Circuit.ModelHash);
        json.WriteString("circuit", probe.CircuitHash);
        json.WriteNumber("tokens", reading.Prompt.Count);
        json.WriteString("prediction", probe.Vocabulary.Words[reading.Prediction]);
        json.WriteNumber("probability", Math.Round(reading.Probability, 6));
        json.WriteNumber("logitDifference", Math.Round(reading.Difference, 6));
        json.WriteString("answer", reading.Answer is { } answer ? probe.Vocabulary.Words[answer] : null);
        if (reading is { Loss: { } loss, Surprise: { } surprise })
        {
            json.WriteNumber("loss", Math.Round(loss, 6));
            json.WriteNumber("surprise", Math.Round(surprise, 6));
        }

        json.WriteStartArray("nodes");
        foreach (NodeReading node in reading.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("node", NodeName.Of(node.Node));
            json.WriteNumber("token", node.Token);
            json.WriteNumber("activation", node.Activation);
            json.WriteNumber("mean", node.Mean);
            json.WriteNumber("contribution", node.Contribution);
            json.WriteNumber("fromToken", node.FromToken);
            json.WriteNumber("toLogits", node.ToLogits);
            json.WriteStartArray("fedBy");
            foreach (NodeFeed feed in node.FedBy)
            {
                json.WriteStartObject();
                json.WriteString("node", NodeName.Of(feed.From));
                json.WriteNumber("weight", feed.Weight);
                json.WriteNumber("flow", feed.Flow);
                json.WriteBoolean("residual", feed.IsResidual);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
