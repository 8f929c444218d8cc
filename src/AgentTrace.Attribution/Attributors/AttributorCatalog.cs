using AgentTrace.Attribution.Attributors.AllAtOnce;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Attributors.Hybrid;
using AgentTrace.Attribution.Attributors.JudgeAndCheck;
using AgentTrace.Attribution.Attributors.SingleCall;
using AgentTrace.Attribution.Attributors.Spectrum;
using AgentTrace.Attribution.Attributors.StepByStep;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Learning;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors;

/// <summary>The attribution methods by name, as the command line and the collector's settings call them.</summary>
public static class AttributorCatalog
{
    /// <summary>All methods, in the order in which to list them.</summary>
    public static IReadOnlyList<AttributionMethod> Entries { get; } =
    [
        new(StructuralAttributor.MethodName, false, Structural),
        new(LearnedAttributor.MethodName, false, context => Learned(context) ?? throw new ArgumentException(
            $"The method {LearnedAttributor.MethodName} needs a ranker, and none is configured. Train one on labelled runs of the same system (agenttrace train RUNS -o ranker.json) and name it.")),
        new(BayesianSearchAttributor.MethodName, true, context => new BayesianSearchAttributor(
            context.Judge!, context.Prior ?? (IFailureAttributor?)Learned(context) ?? Structural(context), context.Reliability ?? JudgeReliability.Unmeasured, new(context.Options))),
        new(SingleCallAttributor.MethodName, true, context => new SingleCallAttributor(context.Judge!, context.Options)),
        new(JudgeAndCheckAttributor.MethodName, true, context => new JudgeAndCheckAttributor(context.Judge!, context.Options)),
        new(AllAtOnceAttributor.MethodName, true, context => new AllAtOnceAttributor(context.Judge!, context.Options)),
        new(StepByStepAttributor.MethodName, true, context => new StepByStepAttributor(context.Judge!, context.Options)),
        new(BinarySearchAttributor.MethodName, true, context => new BinarySearchAttributor(context.Judge!, new(context.Options))),
        new(HybridAttributor.MethodName, true, context => new HybridAttributor(context.Judge!, context.Options)),
        new(SpectrumAttributor.MethodName, false, context => new SpectrumAttributor(context.OtherRuns)),
    ];

    /// <summary>The names of all methods, in the order in which to list them.</summary>
    public static IReadOnlyList<string> Methods { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Whether a method asks a model.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static bool NeedsJudge(string method) => Known(method).NeedsJudge;

    /// <summary>The method used when none is named: structural without a model, else bayesian-search.</summary>
    public static string DefaultMethod(IChatClient? judge) => judge is null ? StructuralAttributor.MethodName : BayesianSearchAttributor.MethodName;

    /// <summary>Creates the attributor of a method.</summary>
    /// <param name="method">One of <see cref="Methods"/>, whatever its case; null for <see cref="DefaultMethod"/>.</param>
    /// <param name="context">What it is made from; null where nothing is configured.</param>
    /// <exception cref="ArgumentException">There is no such method, or it lacks what it needs; the message says what to do.</exception>
    public static IFailureAttributor Create(string? method, AttributorContext? context = null)
    {
        context ??= new AttributorContext();
        AttributionMethod known = Known(method ?? DefaultMethod(context.Judge));
        return known.NeedsJudge && context.Judge is null
            ? throw new ArgumentException(
                $"The method {known.Name} asks a model, and none is configured. Configure a judge (endpoint, model and key of a chat model), or use the method {StructuralAttributor.MethodName}.",
                nameof(context))
            : known.Create(context);
    }

    private static StructuralAttributor Structural(AttributorContext context) => new(context.TraceModel, context.TraceModelWeight);

    private static LearnedAttributor? Learned(AttributorContext context) =>
        context.Ranker is { } ranker ? new LearnedAttributor(ranker, context.TraceModel, context.TraceModelWeight) : null;

    private static AttributionMethod Known(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Entries.FirstOrDefault(entry => entry.Name.Equals(method.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no attribution method \"{method}\". Use one of: {string.Join(", ", Methods)}.", nameof(method));
    }
}
