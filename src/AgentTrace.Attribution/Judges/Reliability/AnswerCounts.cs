namespace AgentTrace.Attribution.Judges.Reliability;

/// <summary>How often a judge answered yes to one kind of question, apart for questions whose true answer was yes and no.</summary>
/// <remarks>
/// Two rates rather than one accuracy: a judge that says yes to everything is right half the time and tells nothing. Each rate is shrunk towards a
/// half as if <see cref="Shrinkage"/> more answers had been coin flips; then their difference, which is all that an answer is worth, towards none by
/// what chance alone makes of so few answers (positive-part James-Stein). Few labels give weak evidence, and a judge at chance gives none.
/// </remarks>
/// <param name="YesWhenTrue">Yes, where yes was right.</param>
/// <param name="WhenTrue">Questions where yes was right.</param>
/// <param name="YesWhenFalse">Yes, where no was right.</param>
/// <param name="WhenFalse">Questions where no was right.</param>
public sealed record AnswerCounts(double YesWhenTrue, double WhenTrue, double YesWhenFalse, double WhenFalse)
{
    /// <summary>Coin flips added to each of the two rates.</summary>
    public const double Shrinkage = 4;

    /// <summary>Nothing measured: answers change nothing.</summary>
    public static AnswerCounts None { get; } = new(0, 0, 0, 0);

    /// <summary>Probability of a yes where the true answer is as given; never 0 or 1, so that no answer is final.</summary>
    public double ProbabilityOfYes(bool truth)
    {
        double whenTrue = Rate(YesWhenTrue, WhenTrue), whenFalse = Rate(YesWhenFalse, WhenFalse);
        double difference = whenTrue - whenFalse;
        double chance = Variance(whenTrue, WhenTrue) + Variance(whenFalse, WhenFalse);
        double kept = difference == 0 ? 0 : Math.Max(0, 1 - (chance / (difference * difference)));
        double middle = (whenTrue + whenFalse) / 2, half = kept * difference / 2;
        return truth ? middle + half : middle - half;
    }

    /// <summary>Adds one answer.</summary>
    public AnswerCounts With(bool truth, bool yes) => truth
        ? this with { YesWhenTrue = YesWhenTrue + (yes ? 1 : 0), WhenTrue = WhenTrue + 1 }
        : this with { YesWhenFalse = YesWhenFalse + (yes ? 1 : 0), WhenFalse = WhenFalse + 1 };

    private static double Rate(double yes, double of) => (yes + (Shrinkage / 2)) / (of + Shrinkage);

    private static double Variance(double rate, double of) => rate * (1 - rate) / (of + Shrinkage + 1);

    internal bool IsSound =>
        double.IsFinite(WhenTrue + WhenFalse) && YesWhenTrue >= 0 && YesWhenFalse >= 0 && YesWhenTrue <= WhenTrue && YesWhenFalse <= WhenFalse;
}
