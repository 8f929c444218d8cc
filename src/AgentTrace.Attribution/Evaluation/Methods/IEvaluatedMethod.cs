using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation.Methods;

/// <summary>A method as an evaluation uses it: first fitted on labelled runs, then asked about others.</summary>
public interface IEvaluatedMethod
{
    /// <summary>The method's name in results.</summary>
    string Name { get; }

    /// <summary>Whether what it says depends on the runs it is fitted on: such a method is never asked about those.</summary>
    bool Learns { get; }

    /// <summary>Makes an attributor from labelled runs.</summary>
    /// <param name="training">The runs to learn from; empty for a method that does not learn.</param>
    /// <param name="seed">Seed of whatever is random in it.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="ArgumentException">There are too few runs to learn from.</exception>
    ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken);
}
