using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Evaluation.Methods;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Commands;

/// <summary>The methods that an evaluation asks, and the judges they share: one for each seed.</summary>
internal sealed class EvaluatedMethods(Func<int, IChatClient?> createJudge, string? judgeName, string? rankerId) : IDisposable
{
    private readonly Dictionary<int, IChatClient?> _judges = [];

    public IReadOnlyList<IEvaluatedMethod> Methods { get; init; } = [];

    /// <summary>What fixed methods have learned before: the name of the ranker given; null without.</summary>
    public string? RankerId { get; } = rankerId;

    public IChatClient? Judge(int seed)
    {
        if (!_judges.TryGetValue(seed, out IChatClient? judge))
            _judges[seed] = judge = createJudge(seed);
        return judge;
    }

    public string? JudgeOf(string method) => AttributorCatalog.Methods.Contains(method) && AttributorCatalog.NeedsJudge(method) ? judgeName : null;

    public void Dispose()
    {
        foreach (IChatClient? judge in _judges.Values)
            judge?.Dispose();
    }
}
