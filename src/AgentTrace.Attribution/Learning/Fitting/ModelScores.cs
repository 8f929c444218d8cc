namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Mean log-probabilities of the steps of a run.</summary>
/// <param name="Choice">To choose the step by.</param>
/// <param name="Trust">To say how sure the choice is.</param>
internal readonly record struct ModelScores(double[] Choice, double[] Trust);
