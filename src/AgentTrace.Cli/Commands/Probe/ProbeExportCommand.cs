using System.CommandLine;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Export;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe export MODEL --circuit FILE --as svg -o FILE</c>: a circuit for other tools.</summary>
internal static class ProbeExportCommand
{
    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        Option<string> circuit = ProbeOptions.Circuit();
        Option<string> output = ProbeOptions.Output("Where it is written.");
        var format = new Option<ExportFormat>("--as") { Description = "json (the circuit), graph (an attribution graph of --prompt, as circuit viewers read it) or svg.", Required = true };
        var prompt = new Option<string?>("--prompt") { Description = "For graph: tokens of what the model reads, separated by white space.", HelpName = "TEXT" };
        var command = new Command("export", "Writes a circuit as JSON, as an attribution graph or as a drawing.") { model, circuit, output, format, prompt };
        command.SetAction(async (parsed, _) =>
        {
            string path = parsed.GetValue(output)!;
            ExportFormat asked = parsed.GetValue(format);
            if (asked == ExportFormat.Graph == parsed.GetValue(prompt) is null)
                throw new CliException(ExitCodes.BadCall, "--as graph needs a --prompt that the circuit is run on, and nothing else takes one");
            ProbeFailures.Told(() =>
            {
                Transformer loaded = ModelFile.Load(parsed.GetValue(model)!);
                Circuit found = CircuitFile.Load(parsed.GetValue(circuit)!, loaded);
                WholeFile.Write(path, Writer(asked, loaded, found, parsed.GetValue(prompt)));
            });
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{path} written").ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Action<Stream> Writer(ExportFormat format, Transformer model, Circuit circuit, string? prompt)
    {
        Vocabulary vocabulary = BuiltInCorpus.Of(model.Config).Vocabulary;
        return format switch
        {
            ExportFormat.Json => stream => CircuitFile.Write(circuit, stream),
            ExportFormat.Svg => stream => CircuitDrawing.Write(circuit, vocabulary, stream),
            _ => stream => AttributionGraph.Write(circuit, new CircuitReader(model, circuit).Read(vocabulary.Encode(prompt!), open: true), vocabulary, model.Config.LayerCount, stream),
        };
    }
}
