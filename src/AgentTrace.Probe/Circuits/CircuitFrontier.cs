using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>The size of a task's circuit against its loss: a circuit can be made as accurate as the model, at the cost of more edges (Gao et al., 2025).</summary>
public static class CircuitFrontier
{
    /// <summary>Finds a circuit for each target, the strictest first; each also starts from the one before, so that edges never grow with the target.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">What it was trained on.</param>
    /// <param name="task">The task.</param>
    /// <param name="targets">Calibrated losses, nats, above 0.</param>
    /// <param name="options">How circuits are found; their target is not used.</param>
    /// <param name="progress">Told in words what is going on; null for nobody.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The points, the loosest target first.</returns>
    public static IReadOnlyList<FrontierPoint> Of(
        Transformer model, ICorpus corpus, ICircuitTask task, IReadOnlyList<double> targets, CircuitOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(options);
        var points = new List<FrontierPoint>();
        Circuit? stricter = null;
        foreach (double target in targets.Distinct().Order())
        {
            var finder = new CircuitFinder(model, corpus, model.Config.BlockSize, options with { TargetLoss = target });
            try
            {
                stricter = finder.Find(task, stricter, progress, cancellationToken);
                points.Insert(0, new FrontierPoint(target, stricter, null));
            }
            catch (CircuitNotFoundException e)
            {
                points.Insert(0, new FrontierPoint(target, null, e.Message));
            }
        }

        return points;
    }
}
