using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>Finds circuits: trains masks, keeps the smallest prefix of the ranked nodes that reaches the target, then drops dead ends and single nodes.</summary>
public sealed class CircuitFinder
{
    private const int MeanSeed = 77;

    private readonly Transformer _model;
    private readonly CircuitOptions _options;
    private readonly NodeMasks _means;
    private readonly string _hash;

    /// <summary>Measures the node means that ablation needs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">What it was trained on.</param>
    /// <param name="length">Tokens of a document of that; a multiple of 16.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    public CircuitFinder(Transformer model, ICorpus corpus, int length, CircuitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(corpus);
        (_model, _options) = (model, options ?? new CircuitOptions());
        _hash = ModelFile.Hash(model);
        _means = CorpusMeans.Measure(model, corpus, _options.MeanDocuments, length, MeanSeed);
    }

    /// <summary>Finds the circuit of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="progress">Told in words what is going on; null for nobody.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="InvalidOperationException">The whole model does not reach the target loss; the message says what it reaches.</exception>
    public Circuit Find(ICircuitTask task, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        TaskSet train = TaskSet.Draw(task, _options.TrainPairs, _options.Seed), test = TaskSet.Draw(task, _options.TestPairs, _options.Seed + 1);
        TaskSet held = TaskSet.Draw(task, _options.TestPairs, _options.Seed + 2);
        var examiner = new TaskExaminer(_model, train, test);
        CircuitScore whole = examiner.Model(null);
        if (whole.Loss > _options.TargetLoss)
            throw new InvalidOperationException(
                $"The whole model has a loss of {whole.Loss:F3} on {task.Name}; no circuit in it can be asked for {_options.TargetLoss}. Train it longer, or raise the target.");

        int[] answers = [.. train.Prompts.SelectMany(prompt => new[] { prompt.First, prompt.Second }).Distinct()];
        (NodeSet Nodes, int Edges, int Before)? best = null;
        foreach (MaskTrainingOptions trial in _options.Trials)
        {
            var trainer = new MaskTrainer(_model, _means, train, trial);
            (CircuitNode[] ranked, int kept) = trainer.Run(_options.TargetLoss, cancellationToken);
            if (SmallestPrefix(ranked, kept, examiner) is not { } prefix)
                continue;
            NodeSet nodes = WithoutDeadEnds(Set(ranked.AsSpan(0, prefix)), answers, examiner);
            int before = CircuitEdges.Count(_model, nodes);
            if (_options.CleanUp)
            {
                CleanUp(nodes, ranked.AsSpan(0, prefix), examiner, cancellationToken);
                nodes = WithoutDeadEnds(nodes, answers, examiner);
            }

            int edges = CircuitEdges.Count(_model, nodes);
            progress?.Report($"{task.Name}: mask loss {trainer.Loss:F3}, {kept} kept, prefix {prefix} nodes {before} edges, cleaned {nodes.Count} nodes {edges} edges");
            if (best is null || edges < best.Value.Edges)
                best = (nodes, edges, before);
        }

        return best is { } found
            ? Result(task, found.Nodes, found.Before, examiner, new TaskExaminer(_model, train, held), whole, cancellationToken)
            : throw new InvalidOperationException($"No trial reached the loss {_options.TargetLoss} on {task.Name}, though the whole model does ({whole.Loss:F3}). Give more trials or steps.");
    }

    private Circuit Result(
        ICircuitTask task, NodeSet nodes, int before, TaskExaminer examiner, TaskExaminer held, CircuitScore whole, CancellationToken cancellationToken)
    {
        (CircuitScore score, Calibration calibration) = examiner.Circuit(nodes);
        CircuitNode[] kept = [.. nodes.Nodes()];
        CircuitEdge[] edges = [.. CircuitEdges.All(_model, nodes)];
        (double[] ofNodes, double[] ofEdges) = _options.MeasureImportances ? Importances.Measure(nodes, kept, edges, examiner, cancellationToken) : ([], []);
        return new Circuit
        {
            Task = task.Name,
            Nodes = kept,
            NodeMeans = [.. kept.Select(node => nodes.Mean(node.Layer, node.Site)[node.Channel])],
            NodeImportances = ofNodes,
            Edges = edges,
            EdgeImportances = ofEdges,
            TargetLoss = _options.TargetLoss,
            ModelHash = _hash,
            Score = score,
            Calibration = calibration,
            HeldOut = held.Circuit(nodes).Score,
            WholeModel = whole,
            WithoutCircuit = examiner.Model(Complement(nodes)),
            EdgesBeforeCleanUp = before,
        };
    }

    // What is kept only for a constant it adds (a dead end's is not always its mean) stays where the target needs it.
    private NodeSet WithoutDeadEnds(NodeSet nodes, int[] answers, TaskExaminer examiner)
    {
        NodeSet left = DeadEnds.Without(_model, nodes, answers);
        return left.Count < nodes.Count && examiner.Circuit(left).Score.Loss <= _options.TargetLoss ? left : nodes;
    }

    private int? SmallestPrefix(CircuitNode[] ranked, int kept, TaskExaminer examiner)
    {
        // Not monotonous to the last node, which the clean-up takes care of.
        int low = 0, high = Math.Max(1, kept);
        while (high < ranked.Length && examiner.Circuit(Set(ranked.AsSpan(0, high))).Score.Loss > _options.TargetLoss)
            (low, high) = (high, Math.Min(ranked.Length, high * 2));
        if (examiner.Circuit(Set(ranked.AsSpan(0, high))).Score.Loss > _options.TargetLoss)
            return null;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (examiner.Circuit(Set(ranked.AsSpan(0, middle))).Score.Loss <= _options.TargetLoss)
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    private void CleanUp(NodeSet nodes, ReadOnlySpan<CircuitNode> ranked, TaskExaminer examiner, CancellationToken cancellationToken)
    {
        bool dropped;
        do
        {
            dropped = false;
            for (int i = ranked.Length - 1; i >= 0; i--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!nodes[ranked[i]])
                    continue;
                nodes[ranked[i]] = false;
                if (examiner.Circuit(nodes).Score.Loss <= _options.TargetLoss)
                    dropped = true;
                else
                    nodes[ranked[i]] = true;
            }
        }
        while (dropped);
    }

    private NodeSet Set(ReadOnlySpan<CircuitNode> kept)
    {
        var nodes = new NodeSet(_model.Config, _means);
        foreach (CircuitNode node in kept)
            nodes[node] = true;
        return nodes;
    }

    private NodeMasks Complement(NodeSet nodes)
    {
        var masks = new NodeMasks(_model.Config);
        for (int l = 0; l < _model.Config.LayerCount; l++)
            foreach (CircuitSite site in NodeMasks.Sites)
            {
                nodes.Mean(l, site).CopyTo(masks[l, site].Mean, 0);
                bool[] kept = nodes.Of(l, site);
                for (int c = 0; c < kept.Length; c++)
                    masks[l, site].Keep[c] = kept[c] ? 0 : 1;
            }

        return masks;
    }
}
