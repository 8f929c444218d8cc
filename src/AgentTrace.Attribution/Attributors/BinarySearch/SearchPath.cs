using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>The segments a search went through, told in words.</summary>
internal sealed class SearchPath
{
    private readonly StringBuilder _path = new();
    private int _coins;

    public void Add(Segment asked, Segment next, bool byCoin)
    {
        if (_path.Length == 0)
            _path.Append(asked);
        _path.Append(" -> ").Append(next);
        if (byCoin)
        {
            _coins++;
            _path.Append(" (coin)");
        }
    }

    public string Found(Step culprit) =>
        _path.Length == 0
            ? $"The run's only step, {culprit.Index} of {culprit.Agent}, must hold the error; no model was asked."
            : $"The model narrowed the run down to step {culprit.Index} of {culprit.Agent}: {_path}.{Coins()}";

    public string BudgetSpent(Segment left, int calls) =>
        string.Create(CultureInfo.InvariantCulture, $"The budget was spent after {calls} calls with the steps {left} left{(_path.Length == 0 ? "" : $": {_path}")}.{Coins()} ")
        + "Raise the budget to search on.";

    private string Coins() => _coins == 0 ? "" : $" {_coins} of the answers named neither half and a coin decided.";
}
