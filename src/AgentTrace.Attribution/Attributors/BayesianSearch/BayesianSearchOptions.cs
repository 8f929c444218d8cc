namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Settings of <see cref="BayesianSearchAttributor"/>.</summary>
public sealed record BayesianSearchOptions : JudgeMethodOptions
{
    /// <summary>The defaults.</summary>
    public BayesianSearchOptions()
    {
    }

    /// <summary>The defaults, with the settings that every method has.</summary>
    public BayesianSearchOptions(JudgeMethodOptions common) : base(common)
    {
    }

    /// <summary>The search stops once a step is this probable, 0..1. Default: 0.95.</summary>
    public double SureAt { get; init; } = 0.95;

    /// <summary>No step is named that is less probable than this, 0..1: the method abstains. Default: 0 (the likeliest step is always named).</summary>
    public double AbstainBelow { get; init; }

    /// <summary>Probability before any question, 0 up to but not including 1, that no agent is at fault. Default: 0.01.</summary>
    public double NoAgentAtFaultPrior { get; init; } = 0.01;

    /// <summary>
    /// Exponent of the prior's probabilities, above 0: below 1 for a prior that is surer than it is right, above 1 for the opposite. Default: 1.
    /// </summary>
    public double PriorSharpness { get; init; } = 1;

    /// <summary>Share of the prior that is spread evenly over all steps, 0..1, so that no step is ruled out before a question. Default: 0.05.</summary>
    public double PriorFloor { get; init; } = 0.05;

    /// <summary>
    /// Calls for a run of n steps are limited to this many times log2(n), rounded up, whatever the budget; more than a search needs unless answers
    /// are poor. Default: 2.
    /// </summary>
    public int CallsPerHalving { get; init; } = 2;

    internal override void Check()
    {
        base.Check();
        Require(SureAt is > 0 and <= 1, nameof(SureAt), SureAt, "a probability above 0, up to 1");
        Require(AbstainBelow is >= 0 and <= 1, nameof(AbstainBelow), AbstainBelow, "a probability from 0 to 1");
        Require(NoAgentAtFaultPrior is >= 0 and < 1, nameof(NoAgentAtFaultPrior), NoAgentAtFaultPrior, "a probability from 0 up to, not including, 1");
        Require(PriorSharpness is > 0 and <= 100, nameof(PriorSharpness), PriorSharpness, "an exponent above 0, up to 100");
        Require(PriorFloor is >= 0 and <= 1, nameof(PriorFloor), PriorFloor, "a share from 0 to 1");
        Require(CallsPerHalving is >= 0 and <= 1_000, nameof(CallsPerHalving), CallsPerHalving, "a number from 0 to 1000");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {allowed}.");
    }
}
