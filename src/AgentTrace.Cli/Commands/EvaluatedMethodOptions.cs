using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Evaluation.Methods;
using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;

namespace AgentTrace.Cli.Commands;

/// <summary>The options that choose which methods are evaluated, with which judge and ranker.</summary>
internal sealed class EvaluatedMethodOptions
{
    private readonly Option<string[]> _methods = new("--method", "-m")
    {
        Description = $"The methods, one or more of: {string.Join(", ", AttributorCatalog.Methods)}. Default: structural.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _ranker = new("--ranker") { Description = "Test this ranker, which agenttrace train wrote, instead of training on folds.", HelpName = "FILE" };
    private readonly TraceModelOptions _traceModel = new();

    private readonly Option<bool> _learnTraces = new("--learn-traces")
    {
        Description = "Evaluate structural and learned also with a trace model, learned from the training runs of each fold without their labels.",
    };

    private readonly JudgeOptions _judge = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_methods);
        command.Options.Add(_ranker);
        _traceModel.AddTo(command);
        command.Options.Add(_learnTraces);
        _judge.AddTo(command);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="runs">The runs that a simulated judge may be asked about.</param>
    /// <exception cref="CliException">A method is unknown or lacks what it needs.</exception>
    public EvaluatedMethods Create(ParseResult parsed, IReadOnlyList<LabeledRun> runs)
    {
        string[] names = parsed.GetValue(_methods) is { Length: > 0 } given ? given : [AttributorCatalog.DefaultMethod(judge: null)];
        StepRanker? ranker = parsed.GetValue(_ranker) is { } path ? RankerReader.Read(path) : null;
        var methods = new List<IEvaluatedMethod>();
        var chosen = new EvaluatedMethods(seed => _judge.Judge(parsed, runs, seed), _judge.Name(parsed), ranker?.Id) { Methods = methods };
        bool learnTraces = parsed.GetValue(_learnTraces);
        if (learnTraces && (ranker is not null || _traceModel.IsGiven(parsed)))
            throw new CliException(ExitCodes.BadCall, "--learn-traces learns from each fold's training runs; leave out --trace-model and --ranker, which have learned before");
        ITraceModel? traceModel = _traceModel.Model(parsed);
        foreach (string name in names.Select(name => name.ToLowerInvariant()))
        {
            methods.Add(Create(parsed, name, ranker, traceModel, chosen));
            if (learnTraces && name is StructuralAttributor.MethodName or LearnedAttributor.MethodName)
                methods.Add(new TraceModelMethod(name == LearnedAttributor.MethodName, _traceModel.Weight(parsed)));
        }

        return chosen;
    }

    private IEvaluatedMethod Create(ParseResult parsed, string name, StepRanker? ranker, ITraceModel? traceModel, EvaluatedMethods chosen)
    {
        bool needsJudge = JudgeOptions.Told(() => AttributorCatalog.NeedsJudge(name));
        if (needsJudge && _judge.Name(parsed) is null)
            throw new CliException(ExitCodes.BadCall, $"the method {name} asks a model: give --judge");
        JudgeReliability? reliability = _judge.Reliability(parsed);
        if (name == LearnedAttributor.MethodName && ranker is null)
            return new LearnedMethod(traceModel, _traceModel.Weight(parsed));
        // A prior and a reliability that are given are tested as they are; otherwise both are fitted on the training folds.
        if (name == BayesianSearchAttributor.MethodName && (ranker is null || reliability is null))
        {
            IEvaluatedMethod prior = ranker is null ? new LearnedMethod(traceModel, _traceModel.Weight(parsed)) : new FixedMethod(new LearnedAttributor(ranker, traceModel, _traceModel.Weight(parsed)));
            return new BayesianSearchMethod(seed => chosen.Judge(seed)!, prior, new BayesianSearchOptions(_judge.MethodOptions(parsed)));
        }

        return new FixedMethod(name, seed => JudgeOptions.Told(() => AttributorCatalog.Create(name, new AttributorContext
        {
            Judge = needsJudge ? chosen.Judge(seed) : null,
            Options = _judge.MethodOptions(parsed),
            Reliability = reliability,
            Ranker = ranker,
            TraceModel = traceModel,
            TraceModelWeight = _traceModel.Weight(parsed),
        })));
    }
}
