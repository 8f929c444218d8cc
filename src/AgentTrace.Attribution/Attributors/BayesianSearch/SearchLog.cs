using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Judges.Reliability;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>What was asked and answered, told in words.</summary>
internal sealed class SearchLog(FailureAttribution prior, JudgeReliability reliability)
{
    private readonly StringBuilder _answers = new();
    private int _asked;
    private int _unclear;
    private bool _spent;

    public void Add(SearchQuestion question, bool yes)
    {
        _asked++;
        _answers.Append(_answers.Length == 0 ? "" : "; ").Append(question).Append(yes ? ": yes" : ": no");
    }

    public void AddUnclear() => _unclear++;

    public void BudgetSpent() => _spent = true;

    public string Found(StepBlame top) => string.Create(CultureInfo.InvariantCulture,
        $"Step {top.Step} of {top.Agent} has probability {top.Probability:0.00} after {_asked} answers ({Told}). The search started from {prior.Method}: {prior.Reason}{Tail}");

    public string NoAgentAtFault(double probability) => string.Create(CultureInfo.InvariantCulture,
        $"That no agent is at fault has probability {probability:0.00} after {_asked} answers ({Told}), more than any step.{Tail}");

    public string TooThin(StepBlame top, double limit) => string.Create(CultureInfo.InvariantCulture,
        $"The likeliest step, {top.Step} of {top.Agent}, has probability {top.Probability:0.00} after {_asked} answers ({Told}), less than the {limit:0.00} asked for.{Tail}");

    private string Told => _answers.Length == 0 ? "none" : _answers.ToString();

    private string Tail =>
        (_unclear == 0 ? "" : $" {_unclear} of the answers were neither yes nor no and changed nothing.")
        + (_spent ? " The budget was spent: raise it to search on." : "")
        + (reliability.Runs > 0 ? "" : " The judge's reliability is assumed, not measured.");
}
