using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Budgets;
using AgentTrace.Attribution.Judges.Caching;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Judges.Replay;
using AgentTrace.Attribution.Judges.Retries;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Commands;

/// <summary>The options that choose the model a method asks, and what it may cost.</summary>
internal sealed class JudgeOptions
{
    private readonly Option<string?> _judge = new("--judge")
    {
        Description = $"The model that a method asks: {JudgeFactory.Forms}. Keys come from {JudgeFactory.OpenAIKey} and {JudgeFactory.AnthropicKey}.",
        HelpName = "openai:MODEL",
    };

    private readonly Option<Uri?> _judgeUrl = new("--judge-url")
    {
        Description = "Where an OpenAI-compatible server listens, for example http://localhost:11434/v1 (Ollama, vLLM). Default: the seller's own.",
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
                return uri;
            result.AddError($"--judge-url '{text}' is no http(s) address");
            return null;
        },
    };

    private readonly Option<bool> _groundTruth = new("--ground-truth")
    {
        Description = "Show the judge the task's right answer where the run carries it (the paper's \"with ground truth\").",
    };

    private readonly Option<string?> _reliability = new("--reliability") { Description = "How far the judge can be trusted, as agenttrace calibrate measured it.", HelpName = "FILE" };
    private readonly Option<string?> _cache = new("--cache") { Description = "Keep the judge's answers in this folder and ask nothing twice.", HelpName = "DIR" };
    private readonly Option<string?> _record = new("--record") { Description = "Add the judge's answers to a recording in this folder, for --judge replay:DIR.", HelpName = "DIR" };
    private readonly Option<int?> _maxCalls = new("--max-calls") { Description = "Most calls of the judge for one run." };
    private readonly Option<long?> _maxTokens = new("--max-tokens") { Description = "Most tokens, sent and answered, for one run." };
    private readonly Option<double?> _maxSeconds = new("--max-seconds") { Description = "Most seconds of asking for one run." };
    private readonly Option<decimal?> _maxCost = new("--max-cost") { Description = "Most money for one run; needs both prices." };
    private readonly Option<decimal?> _maxTotalCost = new("--max-total-cost") { Description = "Most money for all runs together; needs both prices." };
    private readonly Option<int?> _maxTotalCalls = new("--max-total-calls") { Description = "Most calls of the judge for all runs together." };
    private readonly Option<decimal?> _priceIn = new("--price-in") { Description = "Price of a million tokens sent to the judge." };
    private readonly Option<decimal?> _priceOut = new("--price-out") { Description = "Price of a million tokens answered by the judge." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[
            _judge, _judgeUrl, _groundTruth, _reliability, _cache, _record,
            _maxCalls, _maxTokens, _maxSeconds, _maxCost, _maxTotalCalls, _maxTotalCost, _priceIn, _priceOut])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The judge's name as given; null where none was.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(_judge);

    /// <summary>The judge the options ask for, in its wrappers; null where none was named. The caller disposes it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="labeled">The labelled runs that a simulated judge may be asked about; none where there are none.</param>
    /// <param name="seed">Which answers of a simulated judge are wrong.</param>
    /// <exception cref="CliException">The judge cannot be made.</exception>
    public IChatClient? Judge(ParseResult parsed, IReadOnlyList<LabeledRun>? labeled = null, int seed = 0)
    {
        if (Name(parsed) is not { } name)
            return null;
        return Told(() =>
        {
            IChatClient judge = JudgeFactory.Create(name, new JudgeSettings
            {
                Endpoint = parsed.GetValue(_judgeUrl),
                Secret = Environment.GetEnvironmentVariable,
                LabeledRuns = labeled ?? [],
                Seed = seed,
            });
            // From the model outwards: what the cache answers costs nothing and is not tried again; a recording holds cached answers too.
            judge = new RetryingJudge(judge);
            if (parsed.GetValue(_maxTotalCost) is not null || parsed.GetValue(_maxTotalCalls) is not null)
                judge = new BudgetedJudge(judge, new JudgeBudget { MaxCalls = parsed.GetValue(_maxTotalCalls), MaxCost = parsed.GetValue(_maxTotalCost), Prices = Prices(parsed) });
            if (parsed.GetValue(_cache) is { } cache)
                judge = new CachingJudge(judge, cache);
            return parsed.GetValue(_record) is { } record ? new RecordingJudge(judge, record) : judge;
        });
    }

    /// <summary>Ground truth and the budget of one run.</summary>
    /// <exception cref="CliException">A limit is out of range, or money without prices.</exception>
    public JudgeMethodOptions MethodOptions(ParseResult parsed) => new()
    {
        UseGroundTruth = parsed.GetValue(_groundTruth),
        Budget = new JudgeBudget
        {
            MaxCalls = parsed.GetValue(_maxCalls),
            MaxTokens = parsed.GetValue(_maxTokens),
            MaxCost = parsed.GetValue(_maxCost),
            MaxTime = parsed.GetValue(_maxSeconds) is { } seconds ? Seconds(seconds) : null,
            Prices = Prices(parsed),
        },
    };

    /// <summary>The measured reliability; null where none was given.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public JudgeReliability? Reliability(ParseResult parsed)
    {
        if (parsed.GetValue(_reliability) is not { } path)
            return null;
        try
        {
            return JudgeReliability.FromJson(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CliException(ExitCodes.BadCall, $"--reliability {path}: {e.Message}", e);
        }
    }

    /// <summary>Turns what the library says of a bad setting into a message for a person at a shell.</summary>
    public static T Told<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            // The framework appends which C# parameter it was; a person at a shell knows no C# parameters.
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
    }

    private static TimeSpan Seconds(double seconds) =>
        seconds is > 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : throw new CliException(ExitCodes.BadCall, $"--max-seconds is {seconds}; allowed: more than 0, at most 86400");

    private JudgePrices? Prices(ParseResult parsed) => (parsed.GetValue(_priceIn), parsed.GetValue(_priceOut)) switch
    {
        (null, null) => null,
        ({ } sent, { } answered) => new JudgePrices(sent, answered),
        _ => throw new CliException(ExitCodes.BadCall, "--price-in and --price-out belong together: give both"),
    };
}
