namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>A labelled run as the fit sees it: one row of scaled features a step, and which step is the decisive one.</summary>
internal sealed record TrainingRun(double[][] Rows, int Decisive);
