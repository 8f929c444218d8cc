using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Reliability;

/// <summary>How far the answers of one judge can be trusted, for each kind of question that bayesian-search asks.</summary>
/// <remarks>A judge that is always wrong is as informative as one that is always right; one at chance changes nothing.</remarks>
public sealed record JudgeReliability
{
    /// <summary>Answers to "is the decisive error at or before this step?".</summary>
    public required AnswerCounts AtOrBefore { get; init; }

    /// <summary>Answers to "is this step the decisive error?".</summary>
    public required AnswerCounts IsDecisive { get; init; }

    /// <summary>What was measured, for a person to read; for example the model's name.</summary>
    public string? Judge { get; init; }

    /// <summary>Labelled runs it was measured on; 0 for an assumption.</summary>
    public int Runs { get; init; }

    /// <summary>An assumption for a judge that nobody has measured: right about 6 times in 10, worth little beside the prior.</summary>
    public static JudgeReliability Unmeasured { get; } = Assumed(0.6);

    /// <summary>A judge taken to be right with one probability, whatever is asked.</summary>
    /// <param name="accuracy">0..1.</param>
    public static JudgeReliability Assumed(double accuracy)
    {
        if (!(accuracy is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "An accuracy is a probability from 0 to 1.");
        // So many answers that the shrinkage towards a half is below a thousandth.
        const double many = 4_000;
        AnswerCounts counts = new(accuracy * many, many, (1 - accuracy) * many, many);
        return new JudgeReliability { AtOrBefore = counts, IsDecisive = counts };
    }

    /// <summary>Asks a judge what it can be asked about labelled runs, and counts.</summary>
    /// <param name="judge">The judge; the caller keeps it.</param>
    /// <param name="runs">Labelled runs; runs without a label are left out. Never the runs that are to be attributed.</param>
    /// <param name="options">How much to ask; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    /// <exception cref="JudgeException">The judge could not be asked.</exception>
    public static Task<JudgeReliability> MeasureAsync(
        IChatClient judge, IReadOnlyList<LabeledRun> runs, ReliabilityOptions? options = null, CancellationToken cancellationToken = default) =>
        ReliabilityMeasurement.RunAsync(judge, runs, options ?? new ReliabilityOptions(), cancellationToken);

    /// <summary>Writes it as JSON.</summary>
    public string ToJson() => JudgeReliabilityJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote; safe on any input.</summary>
    /// <exception cref="FormatException">It is no such JSON; the message says what is wrong.</exception>
    public static JudgeReliability FromJson(string json) => JudgeReliabilityJson.Read(json);
}
