using System.ComponentModel;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;
using ModelContextProtocol;

namespace AgentTrace.Cli.Mcp;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>What a coding agent may ask of a store, and the one thing it may say where that is allowed.</summary>
internal sealed class RunTools(ITraceStore store, TimeProvider clock)
{
    private const int MostRuns = 200, MostAround = 20, LongestText = 4_000, RankingShown = 5, LongestName = 256;

    [Description("Lists failed agent runs, the last finished first: trace id, workflow, when, and who is blamed. Ask for more with the trace id of the last one.")]
    public async Task<FailedRuns> ListFailedRunsAsync(
        [Description("At most so many, 1 to 200.")] int limit = 20,
        [Description("Only runs in which this agent is blamed.")] string? agent = null,
        [Description("Only failures of this kind, for example tool_error.")] string? category = null,
        [Description("Only runs that stand after this one in the list: its trace id.")] string? after = null,
        CancellationToken cancellationToken = default)
    {
        if (limit is < 1 or > MostRuns)
            throw new McpException($"limit is {limit}; allowed: 1 to {MostRuns}");
        RunCursor? cursor = after is null ? null : new RunCursor((await FindAsync(after, cancellationToken).ConfigureAwait(false)).FinishedAt, Id(after));
        IReadOnlyList<StoredRun> runs = await AskAsync(() => store.ListRunsAsync(
            new RunFilter { Outcome = "failure", Agent = agent, Category = category, After = cursor, Limit = limit }, cancellationToken)).ConfigureAwait(false);
        return new FailedRuns([.. runs.Select(run => new FailedRun(
            TraceId.Of(run.TraceId).ToString(), run.Name, run.FinishedAt, run.Steps, run.Verdict, run.Agent, run.Step, run.Category, run.Confidence, run.Method))]);
    }

    [Description("Explains one failed run: its task, which agent made the decisive error at which step and why, how sure that is, and the steps that come next in the ranking.")]
    public async Task<Explanation> ExplainRunAsync([Description("The run's trace id, 32 hex digits.")] string traceId, CancellationToken cancellationToken = default)
    {
        RunRecord record = await FindAsync(traceId, cancellationToken).ConfigureAwait(false);
        AgentRun run = record.Run;
        FailureAttribution? verdict = record.Attribution;
        IReadOnlyList<PostedLabel> labels = await AskAsync(() => store.ListLabelsAsync(Id(traceId), cancellationToken)).ConfigureAwait(false);
        return new Explanation
        {
            TraceId = run.Id,
            Workflow = run.Name,
            Task = Cut(run.Task),
            Outcome = run.Outcome.ToString(),
            OutcomeReason = Cut(run.OutcomeReason),
            Steps = run.Steps.Count,
            Verdict = verdict?.Verdict.ToString(),
            Agent = verdict?.Agent,
            Step = verdict?.Step,
            Reason = Cut(verdict?.Reason),
            Confidence = verdict?.Confidence,
            Method = verdict?.Method,
            Ranking = verdict?.Ranking.Take(RankingShown) ?? [],
            CulpritStep = verdict?.Step is { } step && step < run.Steps.Count ? Shown(run.Steps[step]) : null,
            Labels = labels.Select(label => $"{label.By}: {label.Agent} at step {label.Step}{(label.Reason.Length > 0 ? $", {Cut(label.Reason)}" : "")}"),
        };
    }

    [Description("Shows what was said and done at the steps around one step of a run, by default around the blamed one.")]
    public async Task<IReadOnlyList<ShownStep>> ShowStepsAsync(
        [Description("The run's trace id, 32 hex digits.")] string traceId,
        [Description("The step in the middle, 0-based; the blamed one where none is given.")] int? step = null,
        [Description("Steps before it, 0 to 20.")] int before = 2,
        [Description("Steps after it, 0 to 20.")] int after = 2,
        CancellationToken cancellationToken = default)
    {
        if (before is < 0 or > MostAround || after is < 0 or > MostAround)
            throw new McpException($"before is {before} and after is {after}; allowed: 0 to {MostAround}");
        RunRecord record = await FindAsync(traceId, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Step> steps = record.Run.Steps;
        int middle = step ?? record.Attribution?.Step ?? steps.Count - 1;
        if (middle < 0 || middle >= steps.Count)
            throw new McpException(steps.Count == 0 ? "the run has no steps" : $"step is {middle}; allowed: 0 to {steps.Count - 1}");
        return [.. steps.Skip(Math.Max(0, middle - before)).Take(middle - Math.Max(0, middle - before) + 1 + after).Select(Shown)];
    }

    [Description("Says which agent made the decisive error of a run, and at which step. It takes the place of what the same person said before, and trains the method 'learned'.")]
    public async Task<string> PostLabelAsync(
        [Description("The run's trace id, 32 hex digits.")] string traceId,
        [Description("The agent at fault, as the run names it.")] string agent,
        [Description("The decisive step, 0-based.")] int step,
        [Description("Who says so.")] string by,
        [Description("Why, in words.")] string reason = "",
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(by) || by.Length > LongestName)
            throw new McpException($"by says who labels, in 1 to {LongestName} characters");
        if (reason.Length > LongestText)
            throw new McpException($"reason has {reason.Length} characters; allowed: at most {LongestText}");
        AgentRun run = (await FindAsync(traceId, cancellationToken).ConfigureAwait(false)).Run;
        if (step < 0 || step >= run.Steps.Count)
            throw new McpException(run.Steps.Count == 0 ? "the run has no steps" : $"step is {step}; allowed: 0 to {run.Steps.Count - 1}");
        if (!string.Equals(run.Steps[step].Agent, agent, StringComparison.OrdinalIgnoreCase))
            throw new McpException($"step {step} is {run.Steps[step].Agent}'s, not {agent}'s");
        var label = new PostedLabel(Id(traceId), run.Steps[step].Agent, step, reason, by, clock.GetUtcNow());
        await AskAsync(async () =>
        {
            await store.SaveLabelAsync(label, cancellationToken).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        return $"{label.By} says: {label.Agent} at step {label.Step} of run {run.Id}";
    }

    private static ShownStep Shown(Step step) => new(
        step.Index, step.Agent, Cut(step.Input), Cut(step.Output), [.. step.ToolCalls.Select(call => new ShownCall(call.Name, Cut(call.Arguments), Cut(call.Result), Cut(call.Error)))],
        Cut(step.Error), step.HandoffTo, step.SpanId);

    private static string? Cut(string? text) => text is { Length: > LongestText } ? $"{text[..LongestText]} ... ({text.Length} characters)" : text;

    private static UInt128 Id(string traceId) => TraceId.TryParse(traceId, out TraceId id) ? id.Number : throw new McpException($"'{Cut(traceId)}' is no trace id: 32 hex digits");

    private async Task<RunRecord> FindAsync(string traceId, CancellationToken cancellationToken)
    {
        UInt128 id = Id(traceId);
        StoredRun run = await AskAsync(() => store.FindRunAsync(id, cancellationToken)).ConfigureAwait(false) ?? throw new McpException($"no finished run with trace id {traceId} is kept here");
        return await AskAsync(() => ValueTask.FromResult(RunDocument.Read(run))).ConfigureAwait(false);
    }

    /// <summary>What is wrong with the store is told whoever asked; any other exception would reach him as an error without words.</summary>
    private static async Task<T> AskAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw new McpException(e.Message, e);
        }
    }
}
