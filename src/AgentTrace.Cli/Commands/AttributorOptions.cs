using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Cli.Input;

namespace AgentTrace.Cli.Commands;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>The options that choose a method, and those of the model it asks.</summary>
internal sealed class AttributorOptions
{
    private readonly Option<string?> _method = new("--method", "-m")
    {
        Description = $"How failures are attributed: {string.Join(", ", AttributorCatalog.Methods)}. Default: structural, or bayesian-search when a judge is given.",
    };

    private readonly Option<string?> _runs = new("--runs")
    {
        Description = "More runs of the same tasks, failed and passed, for the method spectrum: logs and OTLP exports.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _ranker = new("--ranker")
    {
        Description = "What agenttrace train learned from labelled runs, for the method learned and as the prior of bayesian-search.",
        HelpName = "FILE",
    };

    private readonly TraceModelOptions _traceModel = new();
    private readonly JudgeOptions _judge = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_method);
        command.Options.Add(_runs);
        command.Options.Add(_ranker);
        _traceModel.AddTo(command);
        _judge.AddTo(command);
    }

    /// <summary>The attributor the options ask for.</summary>
    /// <exception cref="CliException">The method is unknown or lacks what it needs.</exception>
    public IFailureAttributor Create(ParseResult parsed) => JudgeOptions.Told(() => AttributorCatalog.Create(parsed.GetValue(_method), new AttributorContext
    {
        Judge = _judge.Judge(parsed),
        Options = _judge.MethodOptions(parsed),
        Reliability = _judge.Reliability(parsed),
        Ranker = parsed.GetValue(_ranker) is { } path ? RankerReader.Read(path) : null,
        TraceModel = _traceModel.Model(parsed),
        TraceModelWeight = _traceModel.Weight(parsed),
        OtherRuns = parsed.GetValue(_runs) is { } folder ? Runs(folder) : [],
    }));

    private static IReadOnlyList<AgentRun> Runs(string folder) =>
        [.. RunFileReader.Expand([folder]).SelectMany(path => RunFileReader.Read(path).Runs).Select(run => run.Run)];
}
