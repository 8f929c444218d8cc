using System.Globalization;
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
    /// <exception cref="CircuitNotFoundException">The target loss is not reached; the message says what is.</exception>
    public Circuit Find(ICircuitTask task, IProgress<string>? progress = null, CancellationToken cancellationToken = default) => Find(task, null, progress, cancellationToken);

    /// <summary>The same with another circuit of the task, of a stricter target, as one more place to start from.</summary>
    internal Circuit Find(ICircuitTask task, Circuit? stricter, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var split = TaskSplit.Of(task, _options);
        var examiner = new TaskExaminer(_model, split.Train, split.Test);
        CircuitScore whole = examiner.Model(null);
        if (whole.Loss > _options.TargetLoss)
            throw new CircuitNotFoundException(
                $"The whole model has a loss of {whole.Loss:F3} on {task.Name}; no circuit in it can be asked for {_options.TargetLoss}. Train it longer, or raise the target.");

        (NodeSet Nodes, int Edges, int Before)? best = null;
        foreach (CircuitNode[] ranked in Candidates(split, stricter, task.Name, progress, cancellationToken))
        {
            if (SmallestPrefix(ranked, examiner) is not { } prefix)
                continue;
            NodeSet nodes = WithoutDeadEnds(Set(ranked.AsSpan(0, prefix)), split.Answers, examiner);
            int before = CircuitEdges.Count(_model, nodes);
            if (_options.CleanUp)
            {
                CleanUp(nodes, ranked.AsSpan(0, prefix), examiner, cancellationToken);
                nodes = WithoutDeadEnds(nodes, split.Answers, examiner);
            }

            int edges = CircuitEdges.Count(_model, nodes);
            progress?.Report($"{task.Name}: {prefix} nodes, {before} edges; cleaned up {nodes.Count} nodes, {edges} edges");
            if (best is null || edges < best.Value.Edges)
                best = (nodes, edges, before);
        }

        return best is { } found
            ? Result(task, split.Train.Prompts[0], found.Nodes, found.Before, examiner, new TaskExaminer(_model, split.Train, split.HeldOut), whole, cancellationToken)
            : throw new CircuitNotFoundException($"No trial reached the loss {_options.TargetLoss} on {task.Name}, though the whole model does ({whole.Loss:F3}). Give more trials or steps.");
    }

    // Nodes by how much the task needs them: all of them as each trial's masks rank them, and those of a circuit that was found before.
    private IEnumerable<CircuitNode[]> Candidates(TaskSplit split, Circuit? stricter, string name, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (stricter is not null)
            yield return [.. stricter.Nodes];
        foreach (MaskTrainingOptions trial in _options.Trials)
        {
            var trainer = new MaskTrainer(_model, _means, split.Train, trial);
            CircuitNode[] ranked = trainer.Run(_options.TargetLoss, cancellationToken);
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: masks keep {trainer.Kept} nodes at a loss of {trainer.Loss:F3}"));
            yield return ranked;
        }
    }

    private Circuit Result(
        ICircuitTask task, TaskPrompt prompt, NodeSet nodes, int before, TaskExaminer examiner, TaskExaminer held, CircuitScore whole, CancellationToken cancellationToken)
    {
        (CircuitScore score, Calibration calibration) = examiner.Circuit(nodes);
        CircuitNode[] kept = [.. nodes.Nodes()];
        CircuitEdge[] edges = [.. CircuitEdges.All(_model, nodes)];
        (double[] ofNodes, double[] ofEdges) = _options.MeasureImportances ? Importances.Measure(nodes, kept, edges, examiner, cancellationToken) : ([], []);
        return new Circuit
        {
            Task = task.Name,
            First = prompt.First,
            Second = prompt.Second,
            Means = [.. _means.All.SelectMany(mask => mask.Mean)],
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
    private NodeSet WithoutDeadEnds(NodeSet nodes, IReadOnlyCollection<int> answers, TaskExaminer examiner)
    {
        NodeSet left = DeadEnds.Without(_model, nodes, answers);
        return left.Count < nodes.Count && examiner.Circuit(left).Score.Loss <= _options.TargetLoss ? left : nodes;
    }

    private int? SmallestPrefix(CircuitNode[] ranked, TaskExaminer examiner)
    {
        // Not monotonous to the last node, which the clean-up takes care of.
        int low = 0, high = Math.Min(16, ranked.Length);
        while (high < ranked.Length && !Reaches(ranked.AsSpan(0, high), examiner))
            (low, high) = (high, Math.Min(ranked.Length, high * 2));
        if (!Reaches(ranked.AsSpan(0, high), examiner))
            return null;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (Reaches(ranked.AsSpan(0, middle), examiner))
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    private bool Reaches(ReadOnlySpan<CircuitNode> kept, TaskExaminer examiner) => examiner.Circuit(Set(kept)).Score.Loss <= _options.TargetLoss;

    // Blocks of neighbours in the ranking first: of what masks left over, most goes at once.
    private void CleanUp(NodeSet nodes, ReadOnlySpan<CircuitNode> ranked, TaskExaminer examiner, CancellationToken cancellationToken)
    {
        for (int block = Math.Max(1, ranked.Length / 16); block > 1; block /= 2)
            Drop(nodes, ranked, block, examiner, cancellationToken);
        while (Drop(nodes, ranked, 1, examiner, cancellationToken))
        {
        }
    }

    private bool Drop(NodeSet nodes, ReadOnlySpan<CircuitNode> ranked, int block, TaskExaminer examiner, CancellationToken cancellationToken)
    {
        bool dropped = false;
        for (int end = ranked.Length; end > 0; end -= block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CircuitNode[] some = [.. ranked[Math.Max(0, end - block)..end].ToArray().Where(node => nodes[node])];
            if (some.Length == 0)
                continue;
            foreach (CircuitNode node in some)
                nodes[node] = false;
            if (examiner.Circuit(nodes).Score.Loss <= _options.TargetLoss)
            {
                dropped = true;
                continue;
            }

            foreach (CircuitNode node in some)
                nodes[node] = true;
        }

        return dropped;
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
