using AgentTrace.Attribution.Attributors;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>One budget for everything that goes through it, whatever the run: a cap for a whole command or a day.</summary>
/// <remarks>Once spent, methods end with what they have, as they do when a run's own budget is spent. For use from several threads.</remarks>
public sealed class BudgetedJudge : DelegatingChatClient
{
    private readonly JudgeMeter _meter;

    /// <summary>Creates the judge.</summary>
    /// <param name="judge">The judge that is asked; disposed with this one.</param>
    /// <param name="budget">The most that may be spent.</param>
    /// <param name="clock">Measures the time; the system's when null.</param>
    /// <exception cref="ArgumentException">The budget has a limit that is out of range.</exception>
    public BudgetedJudge(IChatClient judge, JudgeBudget budget, TimeProvider? clock = null) : base(judge)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _meter = new JudgeMeter(budget.Checked(), clock ?? TimeProvider.System);
    }

    /// <summary>What was spent so far.</summary>
    public AttributionCost Spent => _meter.Cost;

    /// <inheritdoc/>
    /// <exception cref="BudgetSpentException">The budget does not allow the call.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IList<ChatMessage> asked = messages as IList<ChatMessage> ?? [.. messages];
        long estimate = asked.Sum(message => TokenEstimate.Of(message.Text));
        if (!_meter.TryStart(estimate))
            throw new BudgetSpentException($"The budget for all runs is spent after {_meter.Cost.JudgeCalls} calls. Raise it, or ask less.");
        ChatResponse response = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
        _meter.Add(response.Usage, estimate, response.Text);
        return response;
    }
}
