namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>The budget that several attributions share does not allow another call.</summary>
public sealed class BudgetSpentException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BudgetSpentException(string message) : base(message)
    {
    }
}
