using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Attribution.Events;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows, step by step, what happened and what a trace model expected.</summary>
internal static class SurpriseReport
{
    // Less than one in seven.
    private const double Remarkable = 2;

    public static string ToText(IReadOnlyList<SurprisingRun> runs)
    {
        var text = new StringBuilder();
        foreach (SurprisingRun run in runs)
        {
            text.AppendLine(TerminalText.Line(run.Name)).AppendLine("  step   nats  events");
            foreach ((int step, int[] places) in run.Steps)
            {
                int odd = places.MaxBy(place => run.Surprises[place].Nats);
                EventSurprise surprise = run.Surprises[odd];
                string expected = surprise.Nats < Remarkable ? "" : string.Create(CultureInfo.InvariantCulture,
                    $"   <- \"{run.Events[odd].Word}\" where \"{surprise.Expected}\" was expected ({100 * surprise.Probability:0} %)");
                text.AppendLine(CultureInfo.InvariantCulture, $"  {step,4}  {places.Sum(place => run.Surprises[place].Nats),5:F1}  {string.Join(" ", places.Select(place => run.Events[place].Word))}{expected}");
            }
        }

        return text.ToString().TrimEnd();
    }

    public static string ToJson(string model, IReadOnlyList<SurprisingRun> runs) => JsonOutput.Write(json =>
    {
        json.WriteString("model", model);
        json.WriteStartArray("runs");
        foreach (SurprisingRun run in runs)
        {
            json.WriteStartObject();
            json.WriteString("run", run.Name);
            json.WriteStartArray("steps");
            foreach ((int step, int[] places) in run.Steps)
                WriteStep(json, run, step, places);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteStep(Utf8JsonWriter json, SurprisingRun run, int step, int[] places)
    {
        json.WriteStartObject();
        json.WriteNumber("step", step);
        json.WriteNumber("nats", Math.Round(places.Sum(place => run.Surprises[place].Nats), 3));
        json.WriteStartArray("events");
        foreach (int place in places)
        {
            json.WriteStartObject();
            json.WriteString("event", run.Events[place].Word);
            json.WriteNumber("nats", Math.Round(run.Surprises[place].Nats, 3));
            json.WriteString("expected", run.Surprises[place].Expected);
            json.WriteNumber("probability", Math.Round(run.Surprises[place].Probability, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
