using System.Numerics.Tensors;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>Ranks nodes by how much a task needs them: trains a mask for each, with a price on every node kept (Gao et al., 2025).</summary>
/// <remarks>
/// A node is kept while its variable is above zero; the gradient goes through that step as if it were a sigmoid. The price is steered so that
/// the loss hovers at the target: a fixed price needs a search over several orders of magnitude.
/// </remarks>
internal sealed class MaskTrainer
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.95;
    private const double LossMemory = 0.9;
    private const double LeastScale = 0.05;

    // Times the target: beyond that the last masks that reached it are taken up again.
    private const double Lost = 2.5;

    // The calibration is fitted to the differences of this many steps.
    private const int RecentSteps = 8;

    private readonly Transformer _model;
    private readonly NodeMasks _masks;
    private readonly TaskSet _set;
    private readonly MaskTrainingOptions _options;
    private readonly PromptBatch _batch;
    private readonly Activations _activations;
    private readonly BackwardPass _backward;
    private readonly double[][] _tau;
    private readonly double[][] _late;
    private readonly double[][] _good;
    private readonly double[][] _first;
    private readonly double[][] _second;
    private readonly float[] _recentDifferences;
    private readonly bool[] _recentAnswers;
    private double _scale;

    public MaskTrainer(Transformer model, NodeMasks means, TaskSet set, MaskTrainingOptions options)
    {
        (_model, _set, _options) = (model, set, options);
        _masks = new NodeMasks(model.Config);
        for (int m = 0; m < _masks.All.Count; m++)
            means.All[m].Mean.CopyTo(_masks.All[m].Mean, 0);
        _batch = PromptBatch.Room(set.Prompts, 2 * options.BatchPairs, model.Config);
        _activations = new Activations(model, _batch.Count, _batch.Length);
        _backward = new BackwardPass(model, _activations);
        (_tau, _late, _good, _first, _second) = (Room(), Room(), Room(), Room(), Room());
        foreach (double[] variables in _tau)
            Array.Fill(variables, options.Start);
        Copy(_tau, _good);
        (_recentDifferences, _recentAnswers) = (new float[RecentSteps * _batch.Count], new bool[RecentSteps * _batch.Count]);
    }

    /// <summary>The running loss.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>How many nodes the masks kept in the end.</summary>
    public int Kept { get; private set; }

    /// <summary>Trains, and returns all nodes, the most needed first.</summary>
    public CircuitNode[] Run(double target, CancellationToken cancellationToken)
    {
        var random = new Random(_options.Seed);
        int pairs = _set.Prompts.Count / 2;
        var prompts = new TaskPrompt[_batch.Count];
        double price = _options.Price;
        for (int step = 1; step <= _options.Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int p = 0; p < _options.BatchPairs; p++)
            {
                int pair = random.Next(pairs);
                (prompts[2 * p], prompts[(2 * p) + 1]) = (_set.Prompts[2 * pair], _set.Prompts[(2 * pair) + 1]);
            }

            _batch.Fill(prompts);
            double loss = Gradients(step);
            Loss = double.IsNaN(Loss) ? loss : (LossMemory * Loss) + ((1 - LossMemory) * loss);
            if (Loss > Lost * target)
                price = GoBack(target, price);
            else if (loss <= target)
                Copy(_tau, _good);
            // In proportion to how far off the loss is: a price that rushes past its place takes nodes away in hundreds.
            price *= Math.Exp(_options.Steering * Math.Clamp((target - Loss) / target, -1, 1));
            double rate = _options.LearningRate * (1 - (0.9 * (step - 1) / _options.Steps));
            Update(step, rate, price);
            for (int m = 0; 2 * step > _options.Steps && m < _tau.Length; m++)
                TensorPrimitives.Add(_late[m], _tau[m], _late[m]);
        }

        CircuitNode[] every = [.. NodeSet.Every(_model.Config)];
        // By the second half of the training: in the end most variables stand at one of their limits, where they cannot be told apart.
        double[] late = [.. _late.SelectMany(variables => variables)];
        int[] order = [.. Enumerable.Range(0, late.Length).OrderByDescending(i => late[i]).ThenBy(i => i)];
        Kept = _tau.Sum(variables => variables.Count(t => t > 0));
        return [.. order.Select(i => every[i])];
    }

    // With too many nodes ablated no path is left for a gradient, and masks would never find back by themselves.
    private double GoBack(double target, double price)
    {
        Copy(_good, _tau);
        foreach (double[] moments in _first)
            Array.Clear(moments);
        Loss = target;
        return price / 2;
    }

    private static void Copy(double[][] from, double[][] to)
    {
        for (int m = 0; m < from.Length; m++)
            from[m].CopyTo(to[m], 0);
    }

    private double Gradients(int step)
    {
        for (int m = 0; m < _masks.All.Count; m++)
            for (int c = 0; c < _tau[m].Length; c++)
                _masks.All[m].Keep[c] = _tau[m][c] > 0 ? 1 : 0;
        _masks.ClearGradients();
        ForwardPass.Run(_model, _batch.Tokens, _activations, _masks);
        Span<float> differences = stackalloc float[_batch.Count];
        LogitDifference.Read(_model, _batch, _activations, differences);
        int at = (step - 1) % RecentSteps * _batch.Count, seen = Math.Min(step, RecentSteps) * _batch.Count;
        differences.CopyTo(_recentDifferences.AsSpan(at));
        _batch.FirstIsRight.CopyTo(_recentAnswers, at);
        Calibration calibration = Calibration.Fit(_recentDifferences.AsSpan(0, seen), _recentAnswers.AsSpan(0, seen));
        double loss = calibration.Loss(differences, _batch.FirstIsRight);
        // A circuit that tells nothing apart is fitted with a scale near 0, and would get no gradient to come back by.
        _scale = Math.Max(_scale, Math.Abs(calibration.Scale));
        double slope = Math.Abs(calibration.Scale) < LeastScale * _scale ? LeastScale * _scale : calibration.Scale;
        for (int p = 0; p < differences.Length; p++)
        {
            double probability = Calibration.Sigmoid((calibration.Scale * differences[p]) + calibration.Bias);
            differences[p] = (float)(slope * (probability - (_batch.FirstIsRight[p] ? 1 : 0)) / _batch.Count);
        }

        LogitDifference.Gradient(_model, _batch, _activations, differences, _backward.DNormed);
        _backward.Run(_batch.Tokens, null, _masks);
        return loss;
    }

    private void Update(int step, double rate, double price)
    {
        double fixFirst = 1 / (1 - Math.Pow(Beta1, step)), fixSecond = 1 / (1 - Math.Pow(Beta2, step));
        for (int m = 0; m < _tau.Length; m++)
        {
            double[] tau = _tau[m], first = _first[m], second = _second[m];
            float[] gradient = _masks.All[m].Gradient;
            for (int c = 0; c < tau.Length; c++)
            {
                double soft = Calibration.Sigmoid(tau[c] / _options.Temperature), slope = soft * (1 - soft) / _options.Temperature;
                double d = (gradient[c] + price) * slope;
                first[c] = (Beta1 * first[c]) + ((1 - Beta1) * d);
                second[c] = (Beta2 * second[c]) + ((1 - Beta2) * d * d);
                tau[c] = Math.Clamp(tau[c] - (rate * first[c] * fixFirst / (Math.Sqrt(second[c] * fixSecond) + 1e-12)), -1, 1);
            }
        }
    }

    private double[][] Room() => [.. _masks.All.Select(mask => new double[mask.Channels])];
}
