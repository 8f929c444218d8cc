using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Collector.Runs;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Attribution;

/// <summary>Reaches a verdict on one failed run: looks whether enough of it is there, asks the method within its budget, and says how sure one can be.</summary>
internal sealed partial class RunJudge(CollectorOptions options, TimeProvider clock, ILogger<RunJudge> log)
{
    private readonly StructuralAttributor _fallback = new();
    private readonly HourlyBudget _budget = new(options.Attribution, clock);

    public async ValueTask<FailureAttribution> JudgeAsync(AttributionJob job, CancellationToken cancellationToken)
    {
        // Not even asked: a model would name someone, and it would cost.
        if (!job.Completeness.IsEnough)
            return Abstain(await _fallback.AttributeAsync(job.Record.Run, cancellationToken).ConfigureAwait(false), job.Completeness);
        FailureAttribution attribution = await AskAsync(job, cancellationToken).ConfigureAwait(false);
        return job.Completeness.Findings.Count == 0 || attribution.Verdict != AttributionVerdict.DecisiveError ? attribution : attribution with
        {
            Confidence = attribution.Confidence * job.Completeness.Factor,
            Reason = $"{attribution.Reason} ({job.Completeness.Words})",
        };
    }

    private async ValueTask<FailureAttribution> AskAsync(AttributionJob job, CancellationToken cancellationToken)
    {
        string? impossible = _budget.Exhausted();
        if (Tokens(job.History.Spent) >= options.Attribution.MaxTokensPerRun)
            impossible ??= $"the budget of {options.Attribution.MaxTokensPerRun} tokens for this run is spent";
        if (impossible is null)
        {
            using var timeout = new CancellationTokenSource(options.Attribution.Timeout, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                FailureAttribution attribution = await options.Attributor.AttributeAsync(job.Record.Run, both.Token).ConfigureAwait(false);
                _budget.Spend(attribution.Cost);
                return attribution;
            }
            catch (JudgeException e)
            {
                impossible = e.Message;
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                impossible = $"it took longer than {options.Attribution.Timeout}";
            }
        }

        // A judge that cannot be asked must not leave the run without any verdict: the structural one is given, and says so.
        NoJudge(job.Record.Run.Id, options.Attributor.Method, impossible);
        FailureAttribution fallback = await _fallback.AttributeAsync(job.Record.Run, cancellationToken).ConfigureAwait(false);
        return fallback with { Reason = $"{fallback.Reason} (Method {options.Attributor.Method} was not possible: {impossible})" };
    }

    private static FailureAttribution Abstain(FailureAttribution likeliest, Completeness completeness) => likeliest with
    {
        Verdict = AttributionVerdict.Abstained,
        Step = null,
        Agent = null,
        Confidence = 0,
        Reason = likeliest.Step is { } step
            ? $"{completeness.Words} So nobody is blamed; of what came, step {step} ({likeliest.Agent}) stands out most: {likeliest.Reason}"
            : completeness.Words,
    };

    private static long Tokens(AttributionCost cost) => cost.InputTokens + cost.OutputTokens;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId}: method {Method} could not ask its judge ({Error}); the structural verdict is given")]
    private partial void NoJudge(string traceId, string method, string error);
}
