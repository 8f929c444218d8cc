using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Judgements;

/// <summary>What happens when somebody says who erred in a run: it is held against the run, and kept.</summary>
internal sealed class LabelPosting(IJudgementStore judgements, IRunStore runs, Redactor redactor, TimeProvider clock)
{
    private const int LongestName = 256, LongestReason = 16 * 1024, MostShown = 10;

    /// <summary>Takes it, in place of what the same person said before about the run.</summary>
    /// <exception cref="ApiException">Something is absent or too long, the run is not kept, or the step is not the agent's.</exception>
    public async ValueTask<PostedLabel> PostAsync(LabelRequest request, CancellationToken cancellationToken)
    {
        UInt128 trace = QueryParameters.TraceIdOf(Filled("traceId", request.TraceId, LongestName));
        string by = Filled("by", request.By, LongestName), agent = Filled("agent", request.Agent, LongestName);
        int step = request.Step ?? throw QueryParameters.Wrong("step", "absent", "the 0-based index of the decisive step");
        string reason = request.Reason is null ? "" : redactor.Text(JudgementText.Within("reason", request.Reason, LongestReason));
        AgentRun run = runs.Find(TraceId.Of(trace).ToString())?.Run ?? throw ApiException.NotFound($"no finished run with trace id {TraceId.Of(trace)} is kept here");
        if (step < 0 || step >= run.Steps.Count)
            throw QueryParameters.Wrong("step", $"{step}", run.Steps.Count == 0 ? "none, the run has no steps" : $"0 to {run.Steps.Count - 1}");
        Step named = run.Steps[step];
        if (!string.Equals(named.Agent, agent, StringComparison.OrdinalIgnoreCase))
        {
            IEnumerable<int> own = run.Steps.Where(one => string.Equals(one.Agent, agent, StringComparison.OrdinalIgnoreCase)).Select(one => one.Index).Take(MostShown);
            string steps = string.Join(", ", own);
            throw QueryParameters.Wrong("agent", $"'{QueryParameters.Shown(agent)}'", $"'{named.Agent}', whose step {step} is" + (steps.Length > 0 ? $"; the steps of {QueryParameters.Shown(agent)} are {steps}" : ""));
        }

        var label = new PostedLabel(trace, named.Agent, step, reason, by, clock.GetUtcNow());
        await judgements.SaveLabelAsync(label, cancellationToken).ConfigureAwait(false);
        return label;
    }

    private static string Filled(string name, string? text, int longest) => string.IsNullOrWhiteSpace(text)
        ? throw QueryParameters.Wrong(name, "absent", $"a text of 1 to {longest} characters")
        : JudgementText.Within(name, text.Trim(), longest);
}
