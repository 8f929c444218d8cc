using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Attribution.Evaluation.Figures;

/// <summary>How often a method is right, and what it costs. Fractions are 0..1 and means over seeds.</summary>
public sealed record MethodResult
{
    /// <summary>Steps that a verdict may be off in <see cref="Within"/>, at most.</summary>
    public const int FarthestOff = 5;

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>How many labelled runs it was asked about.</summary>
    public required int Runs { get; init; }

    /// <summary>Verdicts that name the labelled agent; see <see cref="StrictScore"/>.</summary>
    public required Estimate Agent { get; init; }

    /// <summary>Verdicts that name the labelled step.</summary>
    public required Estimate Step { get; init; }

    /// <summary>Verdicts at most 1, 2, ... 5 steps off.</summary>
    public IReadOnlyList<double> Within { get; init; } = [];

    /// <summary>Verdicts with the labelled step among the first three of the ranking.</summary>
    public double? TopThree { get; init; }

    /// <summary>Agent accuracy as the reference scorer counts; see <see cref="ReferenceScore"/>.</summary>
    public double? ReferenceAgent { get; init; }

    /// <summary>Step accuracy as the reference scorer counts.</summary>
    public double? ReferenceStep { get; init; }

    /// <summary>Whether its confidence can be believed; null for a guess, which has none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Calls of the judge for one run.</summary>
    public double JudgeCalls { get; init; }

    /// <summary>Tokens, sent and answered, for one run.</summary>
    public double Tokens { get; init; }

    /// <summary>Money for one run; null without prices.</summary>
    public decimal? Money { get; init; }

    /// <summary>Seconds for one run, without training.</summary>
    public double Seconds { get; init; }

    /// <summary>Fraction of runs about which it named no step.</summary>
    public double Abstained { get; init; }

    /// <summary>Fraction of runs about which its judge gave no answer that could be used; counted as wrong.</summary>
    public double Unanswered { get; init; }

    /// <summary>The figures of what a method said, one list a seed, in the order of the runs.</summary>
    internal static MethodResult Of(string method, IReadOnlyList<IReadOnlyList<JudgedRun>> seeds)
    {
        JudgedRun[] all = [.. seeds.SelectMany(judged => judged)];
        FailureAttribution[] verdicts = [.. all.Select(judged => judged.Verdict).OfType<FailureAttribution>()];
        double Share(Func<JudgedRun, FailureAttribution, bool> holds) => all.Count(judged => judged.Verdict is { } verdict && holds(judged, verdict)) / (double)all.Length;
        double[] EachRun(Func<JudgedRun, FailureAttribution, bool> holds) =>
            [.. Enumerable.Range(0, seeds[0].Count).Select(run => seeds.Average(seed => seed[run] is { Verdict: { } verdict } judged && holds(judged, verdict) ? 1.0 : 0.0))];
        return new MethodResult
        {
            Method = method,
            Runs = seeds[0].Count,
            Agent = Bootstrap.Of(EachRun(static (judged, verdict) => StrictScore.AgentIsRight(verdict, judged.Label))),
            Step = Bootstrap.Of(EachRun(static (judged, verdict) => StrictScore.StepIsRight(verdict, judged.Label))),
            Within = [.. Enumerable.Range(1, FarthestOff).Select(off => Share((judged, verdict) => verdict.Step is { } step && Math.Abs(step - judged.Label.Step) <= off))],
            TopThree = Share(static (judged, verdict) => verdict.Ranking.Take(3).Any(blame => blame.Step == judged.Label.Step)),
            ReferenceAgent = Share(static (judged, verdict) => ReferenceScore.AgentIsRight(verdict, judged.Label)),
            ReferenceStep = Share(static (judged, verdict) => ReferenceScore.StepIsRight(verdict, judged.Label)),
            Calibration = Calibration.Of(
                [.. all.Select(judged => (judged.Verdict?.Confidence ?? 0, judged.Verdict is { } verdict && StrictScore.StepIsRight(verdict, judged.Label)))], seeds[0].Count),
            JudgeCalls = verdicts.Sum(verdict => verdict.Cost.JudgeCalls) / (double)all.Length,
            Tokens = verdicts.Sum(verdict => verdict.Cost.InputTokens + verdict.Cost.OutputTokens) / (double)all.Length,
            Money = verdicts.Any(verdict => verdict.Cost.Money is not null) ? verdicts.Sum(verdict => verdict.Cost.Money ?? 0) / all.Length : null,
            Seconds = all.Average(judged => judged.Time.TotalSeconds),
            Abstained = Share(static (_, verdict) => verdict.Step is null),
            Unanswered = (double)(all.Length - verdicts.Length) / all.Length,
        };
    }
}
