using System.CommandLine;
using AgentTrace.Attribution.Events;
using AgentTrace.Cli.Commands.Probe;
using AgentTrace.Cli.Input;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Commands;

/// <summary>The options that bring a trace model's surprise into attribution.</summary>
internal sealed class TraceModelOptions
{
    private readonly Option<string?> _model = new("--trace-model")
    {
        Description = "What agenttrace probe learn made of a system's runs: what it did not expect counts in structural and learned.",
        HelpName = "FILE",
    };

    private readonly Option<double> _weight = new("--trace-model-weight")
    {
        Description = "What a step is worth that the trace model did not expect at all, in log-odds; more than 1 for a model of runs that went well alone.",
        DefaultValueFactory = _ => 1,
        HelpName = "LOG-ODDS",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_weight);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_model) is not null;

    /// <exception cref="CliException">The file is no trace model.</exception>
    public ITraceModel? Model(ParseResult parsed) =>
        parsed.GetValue(_model) is { } path ? new LoadedTraceModel(ProbeFailures.Told(() => TraceModel.Load(path))) : null;

    /// <exception cref="CliException">It is negative or no number.</exception>
    public double Weight(ParseResult parsed) => parsed.GetValue(_weight) is >= 0 and < double.PositiveInfinity and var weight
        ? weight
        : throw new CliException(ExitCodes.BadCall, $"--trace-model-weight is {parsed.GetValue(_weight)}; allowed: from 0 on");
}
