using System.Numerics.Tensors;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>A head of which at least one query, key or value channel is kept.</summary>
internal sealed class CompactHead
{
    private readonly CompactRow?[] _rows;
    private readonly float[] _means;
    private readonly int _size;
    private readonly float? _sink;
    private readonly int _layer;

    public CompactHead(TransformerConfig config, Layer layer, NodeSet nodes, int index, int head, int[] places, float[] readMeans)
    {
        (Head, _layer) = (head, index);
        _size = config.HeadChannels;
        _sink = layer.Sink is { } sink ? sink.Value[0, head] : null;
        (_rows, _means) = (new CompactRow?[3 * _size], new float[3 * _size]);
        for (int part = 0; part < 3; part++)
        {
            CircuitSite site = CircuitSite.Query + part;
            bool[] kept = nodes.Of(index, site);
            for (int c = 0; c < _size; c++)
            {
                int channel = (head * _size) + c, row = (part * config.AttentionWidth) + channel;
                _means[(part * _size) + c] = nodes.Mean(index, site)[channel];
                if (kept[channel])
                    _rows[(part * _size) + c] = CompactRow.Of(layer.Attend.Value, row, layer.AttendBias is { } bias ? bias.Value[0, row] : 0, places, readMeans, nodes.CutInto(index, site, channel));
            }
        }
    }

    /// <summary>Which head of the layer it is.</summary>
    public int Head { get; }

    public static bool IsActive(TransformerConfig config, NodeSet nodes, int layer, int head)
    {
        int start = head * config.HeadChannels;
        return Any(CircuitSite.Query) || Any(CircuitSite.Key) || Any(CircuitSite.Value);

        bool Any(CircuitSite site) => nodes.Of(layer, site).AsSpan(start, config.HeadChannels).Contains(true);
    }

    /// <summary>Adds to each position what a head whose channels are all ablated says there: all keys are alike, so only their number counts.</summary>
    public static void AddConstant(float[] byPosition, float value, TransformerConfig config, Layer layer, NodeSet nodes, int index, int head)
    {
        int start = head * config.HeadChannels;
        double score = 0;
        for (int c = start; c < start + config.HeadChannels; c++)
            score += nodes.Mean(index, CircuitSite.Query)[c] * nodes.Mean(index, CircuitSite.Key)[c];
        score /= Math.Sqrt(config.HeadChannels);
        double sink = layer.Sink is { } logit ? Math.Exp(logit.Value[0, head] - score) : 0;
        for (int t = 0; t < byPosition.Length; t++)
            byPosition[t] += (float)(value * (t + 1) / (t + 1 + sink));
    }

    /// <summary>Writes the head's mixed values, [channel, token], for tokens from <paramref name="first"/> on.</summary>
    public void Run(float[] reads, int stride, int tokens, int first, float[] mixed, int firstRow, float[] work, NodeTrace? trace = null)
    {
        for (int part = 0; part < 3; part++)
            for (int c = 0; c < _size; c++)
            {
                int row = (part * _size) + c, start = part == 0 ? first : 0;
                Span<float> values = work.AsSpan((row * stride) + start, tokens - start);
                if (_rows[row] is { } sum)
                    sum.At(reads, stride, start, values);
                else
                    values.Fill(_means[row]);
                if (_rows[row] is not null)
                    trace?.Record(new CircuitNode(_layer, CircuitSite.Query + part, (Head * _size) + c), start, values);
            }

        Span<float> scores = stackalloc float[tokens];
        float scale = 1 / MathF.Sqrt(_size);
        for (int t = first; t < tokens; t++)
        {
            Span<float> weights = scores[..(t + 1)];
            weights.Clear();
            for (int c = 0; c < _size; c++)
                TensorPrimitives.MultiplyAdd(work.AsSpan((_size + c) * stride, t + 1), work[(c * stride) + t] * scale, weights, weights);
            float most = TensorPrimitives.Max(weights);
            if (_sink is { } logit)
                most = MathF.Max(most, logit);
            TensorPrimitives.Subtract(weights, most, weights);
            TensorPrimitives.Exp(weights, weights);
            float total = TensorPrimitives.Sum(weights) + (_sink is { } sink ? MathF.Exp(sink - most) : 0);
            for (int c = 0; c < _size; c++)
                mixed[((firstRow + c) * stride) + t] = TensorPrimitives.Dot(weights, work.AsSpan(((2 * _size) + c) * stride, t + 1)) / total;
        }

        for (int c = 0; trace is not null && c < _size; c++)
            if (_rows[(2 * _size) + c] is not null)
                trace.RecordMixed(new CircuitNode(_layer, CircuitSite.Value, (Head * _size) + c), first, mixed.AsSpan(((firstRow + c) * stride) + first, tokens - first));
    }
}
