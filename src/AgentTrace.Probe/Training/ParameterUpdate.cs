using System.Numerics.Tensors;
using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Training;

/// <summary>One worker's share of the parameters: adding up their gradients, Adam, and what stays of each matrix.</summary>
internal sealed class ParameterUpdate
{
    private readonly TrainingOptions _options;
    private readonly Transformer _model;
    private readonly List<(Parameter Parameter, float[] First, float[] Second)> _share = [];
    private readonly int[] _histogram = new int[1 << 16];

    public ParameterUpdate(Transformer model, TrainingOptions options, int worker, int workers)
    {
        (_model, _options) = (model, options);
        long[] loads = new long[workers];
        // The largest first, each to whoever has the least so far.
        foreach (Parameter parameter in model.Parameters.Where(p => p.IsTrained).OrderByDescending(p => p.Count).ThenBy(p => p.Index))
        {
            int to = Array.IndexOf(loads, loads.Min());
            loads[to] += parameter.Count;
            if (to == worker)
                _share.Add((parameter, new float[parameter.Count], new float[parameter.Count]));
        }
    }

    /// <summary>Number of values in this share.</summary>
    public long Values => _share.Sum(p => (long)p.Parameter.Count);

    /// <summary>The optimizer's moments of this share.</summary>
    public IEnumerable<NamedTensor> Moments => _share.SelectMany(entry => new[]
    {
        NamedTensor.Beside(entry.Parameter, "optimizer.first.", entry.First),
        NamedTensor.Beside(entry.Parameter, "optimizer.second.", entry.Second),
    });

    /// <summary>Adds the second gradients to the first and returns the sum of their squares.</summary>
    public double Sum(Gradients sum, Gradients other)
    {
        double squares = 0;
        foreach ((Parameter parameter, _, _) in _share)
        {
            Span<float> values = sum.Values(parameter);
            TensorPrimitives.Add(values, other.Values(parameter), values);
            squares += TensorPrimitives.SumOfSquares(values);
        }

        return squares;
    }

    public void Apply(Gradients gradients, StepSettings step)
    {
        AdamOptions adam = _options.Adam ?? (_options.IsSparse ? AdamOptions.Sparse : AdamOptions.Dense);
        foreach ((Parameter parameter, float[] first, float[] second) in _share)
        {
            // Gains and biases are not pulled towards zero.
            float decay = parameter.IsVector ? 0 : (float)_options.WeightDecay;
            Adam.Step(parameter.Value.Values, gradients.Values(parameter), first, second, step.GradientScale, step.Rate, decay, adam, step.Step);
            if (_options.IsSparse && !parameter.IsVector && parameter != _model.Bigram)
            {
                bool embedding = parameter == _model.Embedding || parameter == _model.Head;
                int keep = Math.Max(1, (int)Math.Round((embedding ? step.EmbeddingDensity : step.Density) * parameter.Count));
                TopKMask.Apply(parameter.Value.Values, keep, _histogram);
            }

            parameter.Refresh();
        }
    }
}
