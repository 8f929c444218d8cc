namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Settings of <see cref="BinarySearchAttributor"/>.</summary>
public sealed record BinarySearchOptions
{
    /// <summary>Whether the prompt shows <see cref="Runs.AgentRun.ExpectedAnswer"/> where it is known. Default: true.</summary>
    public bool UseGroundTruth { get; init; } = true;

    /// <summary>
    /// Probability, 0.5 up to but not including 1, that one answer of the model points at the right half: it turns answers into a confidence
    /// and never changes the step that is named. Default: 0.55. Recorded answers of Qwen2.5-72B came out lower still (docs/attribution/methods.md): measure it for your model on labelled runs.
    /// </summary>
    public double AnswerReliability { get; init; } = 0.55;

    /// <summary>Seed of the coin that is flipped when an answer names neither half. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Characters of one step that the prompt may show; longer steps lose their middle. Default: 16,000.</summary>
    public int MaxStepCharacters { get; init; } = 16_000;

    /// <summary>Most calls of the model for one run; null (the default) for no limit. A run of n steps needs log2(n), rounded up.</summary>
    public int? MaxJudgeCalls { get; init; }

    internal BinarySearchOptions Checked()
    {
        if (!(AnswerReliability is >= 0.5 and < 1))
            throw new ArgumentOutOfRangeException(nameof(AnswerReliability), AnswerReliability, "The reliability of an answer is a probability from 0.5 up to, not including, 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStepCharacters, 100);
        if (MaxJudgeCalls is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(MaxJudgeCalls));
        return this;
    }
}
