using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation.Methods;

/// <summary>A method that learns nothing from the runs of an evaluation.</summary>
public sealed class FixedMethod : IEvaluatedMethod
{
    private readonly Func<int, IFailureAttributor> _create;

    /// <summary>Creates the method over one attributor.</summary>
    public FixedMethod(IFailureAttributor attributor)
        : this((attributor ?? throw new ArgumentNullException(nameof(attributor))).Method, _ => attributor)
    {
    }

    /// <summary>Creates the method.</summary>
    /// <param name="name">Its name in results.</param>
    /// <param name="create">Makes its attributor for a seed.</param>
    public FixedMethod(string name, Func<int, IFailureAttributor> create)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        _create = create;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Learns => false;

    /// <inheritdoc/>
    public ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken) => ValueTask.FromResult(_create(seed));
}
