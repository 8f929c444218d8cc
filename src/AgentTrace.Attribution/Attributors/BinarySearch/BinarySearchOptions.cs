namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Settings of <see cref="BinarySearchAttributor"/>.</summary>
public sealed record BinarySearchOptions : JudgeMethodOptions
{
    /// <summary>The defaults.</summary>
    public BinarySearchOptions()
    {
    }

    /// <summary>The defaults, with the settings that every method has.</summary>
    public BinarySearchOptions(JudgeMethodOptions common) : base(common)
    {
    }

    /// <summary>
    /// Probability, 0.5 up to but not including 1, that one answer of the model points at the right half: it turns answers into a confidence
    /// and never changes the step that is named. Default: 0.55. Recorded answers of Qwen2.5-72B came out lower still (docs/attribution/methods.md): measure it for your model on labelled runs.
    /// </summary>
    public double AnswerReliability { get; init; } = 0.55;

    /// <summary>Seed of the coin that is flipped when an answer names neither half. Default: 0.</summary>
    public int Seed { get; init; }

    internal override void Check()
    {
        base.Check();
        if (!(AnswerReliability is >= 0.5 and < 1))
            throw new ArgumentOutOfRangeException(nameof(AnswerReliability), AnswerReliability, "The reliability of an answer is a probability from 0.5 up to, not including, 1.");
    }
}
