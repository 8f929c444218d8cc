using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Spans;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe run MODEL --circuit FILE TEXT</c>: what a circuit says about a text, and which of its nodes fired.</summary>
internal static class ProbeRunCommand
{
    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        Option<string> circuit = ProbeOptions.Circuit();
        var text = new Argument<string>("TEXT") { Description = "Tokens of what the model reads, separated by white space." };
        var open = new Option<bool>("--open") { Description = "Read to the end, whatever answers stand in the text: what would come next is asked." };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("run", "Runs a circuit on a text, up to the last place where one of its two answers stands, and says which nodes fired.") { model, text, circuit, open, format };
        command.SetAction(async (parsed, _) =>
        {
            (CircuitProbe probe, CircuitReading reading) = ProbeFailures.Told(() =>
            {
                (Transformer weights, ICorpus corpus) = ProbeOptions.Loaded(parsed.GetValue(model)!);
                var loaded = new CircuitProbe(weights, CircuitFile.Load(parsed.GetValue(circuit)!, weights), corpus.Vocabulary);
                return (loaded, loaded.Read(parsed.GetValue(text)!, parsed.GetValue(open)));
            });
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? ReadingReport.ToJson(probe, reading) : ReadingReport.ToText(probe, reading)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
