using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Halves the run until one step is left, asking a model each time which half holds the decisive error.</summary>
/// <remarks>
/// The method Binary Search of Who&amp;When (arXiv 2505.00212): the segment [start, end] is cut at start + (end - start) / 2, the prompt shows that
/// segment alone, and an answer that names neither half is replaced by the flip of a (seeded) coin. The wording of the prompt is our own.
/// A run of one step or none needs no model.
/// </remarks>
public sealed class BinarySearchAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "binary-search";

    private const string Version = "1";
    private readonly IChatClient _judge;
    private readonly BinarySearchOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public BinarySearchAttributor(IChatClient judge, BinarySearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _judge = judge;
        _options = (options ?? new BinarySearchOptions()).Checked();
    }

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public async ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        if (run.Steps.Count == 0)
            return Abstain("The run has no step to blame.", [], AttributionCost.None);

        CountingJudge judge = new(_judge, _options.MaxJudgeCalls);
        HalfPrompt prompt = new(run, _options);
        HalfBeliefs beliefs = new(run.Steps.Count, _options.AnswerReliability);
        // A coin, not a secret: seeded so that a verdict can be repeated.
        Random coin = new(_options.Seed);
        SearchPath path = new();
        Segment segment = new(0, run.Steps.Count - 1);
        while (!segment.IsOneStep)
        {
            if (!judge.CanAsk)
                return Abstain(path.BudgetSpent(segment, judge.Cost.JudgeCalls), beliefs.Ranking(run.Steps, segment), judge.Cost);
            string answer = await judge.AskAsync(prompt.Instructions, prompt.Write(segment), cancellationToken).ConfigureAwait(false);
            segment = Follow(segment, HalfAnswerReader.Read(answer), beliefs, coin, path);
        }

        IReadOnlyList<StepBlame> ranking = beliefs.Ranking(run.Steps, segment);
        Step culprit = run.Steps[segment.Start];
        return new FailureAttribution
        {
            Method = Method,
            MethodVersion = Version,
            Verdict = AttributionVerdict.DecisiveError,
            Step = culprit.Index,
            Agent = culprit.Agent,
            Confidence = ranking[0].Probability,
            Reason = path.Found(culprit),
            Ranking = ranking,
            EvidenceSpanIds = culprit.SpanId is { } id ? [id] : [],
            Cost = judge.Cost,
        };
    }

    private static Segment Follow(Segment asked, HalfAnswer answer, HalfBeliefs beliefs, Random coin, SearchPath path)
    {
        if (answer == HalfAnswer.Unclear)
        {
            Segment flipped = coin.Next(2) == 0 ? asked.Upper : asked.Lower;
            path.Add(asked, flipped, byCoin: true);
            return flipped;
        }

        Segment chosen = answer == HalfAnswer.Upper ? asked.Upper : asked.Lower;
        beliefs.Learn(asked, chosen);
        path.Add(asked, chosen, byCoin: false);
        return chosen;
    }

    private static FailureAttribution Abstain(string reason, IReadOnlyList<StepBlame> ranking, AttributionCost cost) => new()
    {
        Method = MethodName,
        MethodVersion = Version,
        Verdict = AttributionVerdict.Abstained,
        Reason = reason,
        Ranking = ranking,
        Cost = cost,
    };
}
