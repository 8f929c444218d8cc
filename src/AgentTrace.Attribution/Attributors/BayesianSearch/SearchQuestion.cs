namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>A yes-or-no question about one step.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Step">0-based step it is asked about.</param>
internal readonly record struct SearchQuestion(SearchQuestionKind Kind, int Step)
{
    /// <summary>The right answer when the decisive error is at <paramref name="error"/>; no agent at fault counts as a step after the last.</summary>
    public bool IsTrueFor(int error) => Kind == SearchQuestionKind.AtOrBefore ? error <= Step : error == Step;

    public override string ToString() => Kind == SearchQuestionKind.AtOrBefore ? $"at or before {Step}" : $"step {Step}";
}
