using AgentTrace.Attribution.Evaluation.Figures;

namespace AgentTrace.Cli.Output;

/// <summary>One row of an evaluation.</summary>
/// <param name="Data">The runs it is about, by their folder's name.</param>
/// <param name="Training">What a method that learns had learned from; null for any other.</param>
/// <param name="Judge">The judge's name; null where no model was asked.</param>
/// <param name="IsGuess">Whether it is a guess that is shown for comparison.</param>
/// <param name="Result">The figures.</param>
internal sealed record EvaluatedRow(string Data, string? Training, string? Judge, bool IsGuess, MethodResult Result);
