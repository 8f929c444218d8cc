using System.CommandLine;
using AgentTrace.Collector;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Hold;

namespace AgentTrace.Cli.Commands;

/// <summary>The words of <c>collect</c> that say when a run's spans leave and what attribution may cost.</summary>
internal sealed class JudgingOptions
{
    private static readonly AttributionOptions Defaults = new();

    private readonly Option<CollectorMode> _mode = new("--mode")
    {
        Description = "stream passes every span on at once and the verdict later; hold keeps the spans of agent runs until the verdict stands on the culprit's own span.",
        DefaultValueFactory = _ => CollectorMode.Stream,
    };

    private readonly Option<double> _deadline = new("--hold-seconds")
    {
        Description = "How long a run may be held; then it goes on as in stream.",
        DefaultValueFactory = _ => new HoldOptions().Deadline.TotalSeconds,
    };

    private readonly Option<int> _concurrency = new("--attribution-concurrency")
    {
        Description = "Failed runs that are attributed at the same time.",
        DefaultValueFactory = _ => Defaults.Concurrency,
    };

    private readonly Option<int?> _calls = new("--judge-calls-per-hour") { Description = "Calls of the model in any one hour; then runs are attributed without it." };

    private readonly Option<long?> _tokens = new("--judge-tokens-per-hour") { Description = "Tokens in any one hour; then runs are attributed without a model." };

    private readonly Option<double> _lease = new("--lease-seconds")
    {
        Description = "Where several collectors share a store: for how long a run is one collector's while it judges it; renewed as it does. One that dies leaves its runs to others after this.",
        DefaultValueFactory = _ => Defaults.Lease.TotalSeconds,
    };

    public void AddTo(Command command)
    {
        command.Add(_mode);
        command.Add(_deadline);
        command.Add(_concurrency);
        command.Add(_calls);
        command.Add(_tokens);
        command.Add(_lease);
    }

    public CollectorMode Mode(ParseResult parsed) => parsed.GetValue(_mode);

    public HoldOptions Hold(ParseResult parsed) => new()
    {
        Deadline = parsed.GetValue(_deadline) is > 0 and <= 3600 and double seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new CliException(ExitCodes.BadCall, $"--hold-seconds is {parsed.GetValue(_deadline)}; allowed: more than 0, at most 3600"),
    };

    public AttributionOptions Attribution(ParseResult parsed) => new()
    {
        Concurrency = parsed.GetValue(_concurrency),
        MaxJudgeCallsPerHour = parsed.GetValue(_calls),
        MaxTokensPerHour = parsed.GetValue(_tokens),
        Lease = parsed.GetValue(_lease) is >= 0.1 and <= 3600 and double seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new CliException(ExitCodes.BadCall, $"--lease-seconds is {parsed.GetValue(_lease)}; allowed: 0.1 to 3600"),
    };
}
