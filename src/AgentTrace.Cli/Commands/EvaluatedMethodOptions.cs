using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Evaluation.Methods;
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
    private readonly JudgeOptions _judge = new();

    public void AddTo(Command command)
    {
        command.Options.Add(_methods);
        command.Options.Add(_ranker);
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
        foreach (string name in names)
            methods.Add(Create(parsed, name.ToLowerInvariant(), ranker, chosen));
        return chosen;
    }

    private IEvaluatedMethod Create(ParseResult parsed, string name, StepRanker? ranker, EvaluatedMethods chosen)
    {
        bool needsJudge = JudgeOptions.Told(() => AttributorCatalog.NeedsJudge(name));
        if (needsJudge && _judge.Name(parsed) is null)
            throw new CliException(ExitCodes.BadCall, $"the method {name} asks a model: give --judge");
        JudgeReliability? reliability = _judge.Reliability(parsed);
        if (name == LearnedAttributor.MethodName && ranker is null)
            return new LearnedMethod();
        // A prior and a reliability that are given are tested as they are; otherwise both are fitted on the training folds.
        if (name == BayesianSearchAttributor.MethodName && (ranker is null || reliability is null))
        {
            IEvaluatedMethod prior = ranker is null ? new LearnedMethod() : new FixedMethod(new LearnedAttributor(ranker));
            return new BayesianSearchMethod(seed => chosen.Judge(seed)!, prior, new BayesianSearchOptions(_judge.MethodOptions(parsed)));
        }

        return new FixedMethod(name, seed => JudgeOptions.Told(() => AttributorCatalog.Create(name, new AttributorContext
        {
            Judge = needsJudge ? chosen.Judge(seed) : null,
            Options = _judge.MethodOptions(parsed),
            Reliability = reliability,
            Ranker = ranker,
        })));
    }
}
