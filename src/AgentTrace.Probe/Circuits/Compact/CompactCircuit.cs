using System.Numerics.Tensors;
using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>A model cut down to a circuit: it computes what the whole model computes when every other node is ablated, at the circuit's cost.</summary>
/// <remarks>
/// Ablated nodes are constants and go into the biases of what reads them. Residual channels that no kept node reads or writes are the same
/// for every occurrence of a token, so only the sum of their squares is kept, for each token of the vocabulary and each norm.
/// </remarks>
internal sealed class CompactCircuit
{
    private readonly Transformer _model;
    private readonly int[] _tracked;
    private readonly int[] _channels;
    private readonly CompactLayer[] _layers;
    private readonly float[][] _constants;
    private readonly float[][] _squares;
    private readonly Dictionary<(int First, int Second), float[]> _heads = [];
    private readonly float[] _x;
    private readonly float[] _reads;
    private readonly float[] _mixed;
    private readonly float[] _neurons;
    private readonly float[] _work;
    private readonly float[] _scale;
    private readonly float[] _written;
    private readonly int _stride;
    private NodeTrace? _trace;

    /// <param name="model">The model.</param>
    /// <param name="nodes">The nodes kept.</param>
    /// <param name="of">A circuit with at least these nodes that this one is to go on from; null to stand alone.</param>
    public CompactCircuit(Transformer model, NodeSet nodes, CompactCircuit? of = null)
    {
        TransformerConfig config = model.Config;
        if (!config.RmsNorm || config.ActivationType != "gelu" || (config.ActiveFraction ?? 1) < 1 || config.PositionWidth == 0)
            throw new NotSupportedException("Circuits are cut out of models with RMSNorm, GELU, separate position channels and no AbsTopK.");
        _model = model;
        _tracked = of?._tracked ?? Tracked(config, nodes);
        _channels = [.. Enumerable.Range(0, config.Width).Where(c => _tracked[c] >= 0)];
        _layers = [.. Enumerable.Range(0, config.LayerCount).Select(l => new CompactLayer(model, nodes, l, _tracked))];
        _constants = Constants(config, nodes);
        _squares = [.. _constants.Select(Squares)];
        _stride = config.BlockSize;
        int most = Math.Max(_layers.Max(l => l.AttentionReads.Length), _layers.Max(l => l.MlpReads.Length));
        (_x, _reads) = (new float[_channels.Length * _stride], new float[most * _stride]);
        _mixed = new float[_layers.Max(l => l.Heads.Length) * config.HeadChannels * _stride];
        (_neurons, _work, _scale, _written) = (new float[_layers.Max(l => l.Neurons.Length) * _stride], new float[3 * config.HeadChannels * _stride], new float[_stride], new float[_stride]);
    }

    /// <summary>The difference of two candidates' logits after a prompt.</summary>
    /// <param name="tokens">The prompt.</param>
    /// <param name="first">One candidate.</param>
    /// <param name="second">The other.</param>
    /// <param name="trace">Where what each node was is written down; null for nowhere.</param>
    public float Difference(ReadOnlySpan<int> tokens, int first, int second, NodeTrace? trace = null)
    {
        _trace = trace;
        for (int i = 0; i < _channels.Length; i++)
            for (int t = 0; t < tokens.Length; t++)
                _x[(i * _stride) + t] = _model.Embedding.Value[tokens[t], _channels[i]];
        return Run(0, tokens, first, second);
    }

    /// <summary>The same from a sub-block on.</summary>
    /// <param name="stage">0 for the first attention, 1 for the first MLP, and so on.</param>
    /// <param name="stream">What the circuit that this one was made of traced there.</param>
    /// <param name="tokens">The prompt.</param>
    /// <param name="first">One candidate.</param>
    /// <param name="second">The other.</param>
    public float DifferenceFrom(int stage, float[] stream, ReadOnlySpan<int> tokens, int first, int second)
    {
        _trace = null;
        stream.CopyTo(_x, 0);
        return Run(stage, tokens, first, second);
    }

    private float Run(int stage, ReadOnlySpan<int> tokens, int first, int second)
    {
        int last = tokens.Length - 1;
        for (; stage < 2 * _layers.Length; stage++)
        {
            _trace?.RecordStream(stage, _x);
            // Of the last layer only what it says at the prompt's end is wanted.
            int from = stage / 2 == _layers.Length - 1 ? last : 0;
            if (stage % 2 == 0)
                Attend(stage / 2, tokens, from);
            else
                Think(stage / 2, tokens, from);
        }

        return Head(tokens, last, first, second);
    }

    private void Attend(int index, ReadOnlySpan<int> tokens, int first)
    {
        CompactLayer layer = _layers[index];
        int size = _model.Config.HeadChannels;
        Read(layer.AttentionReads, tokens, 2 * index, 0);
        for (int h = 0; h < layer.Heads.Length; h++)
            layer.Heads[h].Run(_reads, _stride, tokens.Length, first, _mixed, h * size, _work, _trace);
        // Constants first: a channel's own write replaces its mean.
        Advance(2 * index, tokens.Length);
        for (int w = 0; w < layer.AttentionWrites.Length; w++)
        {
            (int tracked, CompactRow sum) = layer.AttentionWrites[w];
            Span<float> written = _written.AsSpan(0, tokens.Length - first);
            sum.At(_mixed, _stride, first, written);
            TensorPrimitives.Add(written, layer.AttentionConstants[w].AsSpan(first, written.Length), written);
            _trace?.Record(new CircuitNode(index, CircuitSite.AttentionOut, _channels[tracked]), first, written);
            Add(written, 2 * index, tracked, first);
        }
    }

    private void Think(int index, ReadOnlySpan<int> tokens, int first)
    {
        CompactLayer layer = _layers[index];
        Read(layer.MlpReads, tokens, (2 * index) + 1, first);
        for (int n = 0; n < layer.Neurons.Length; n++)
        {
            Span<float> values = _neurons.AsSpan((n * _stride) + first, tokens.Length - first);
            layer.Neurons[n].At(_reads, _stride, first, values);
            foreach (ref float value in values)
                value = ScalarGelu.Of(value);
            _trace?.Record(new CircuitNode(index, CircuitSite.Neuron, layer.NeuronChannels[n]), first, values);
        }

        Advance((2 * index) + 1, tokens.Length);
        foreach ((int tracked, CompactRow sum) in layer.MlpWrites)
        {
            Span<float> written = _written.AsSpan(0, tokens.Length - first);
            sum.At(_neurons, _stride, first, written);
            _trace?.Record(new CircuitNode(index, CircuitSite.MlpOut, _channels[tracked]), first, written);
            Add(written, (2 * index) + 1, tracked, first);
        }
    }

    // In place of the mean that stands there already.
    private void Add(Span<float> written, int stage, int tracked, int first)
    {
        TensorPrimitives.Subtract(written, Step(stage, tracked), written);
        Span<float> x = _x.AsSpan((tracked * _stride) + first, written.Length);
        TensorPrimitives.Add(x, written, x);
    }

    private void Read(CompactRead[] reads, ReadOnlySpan<int> tokens, int stage, int first)
    {
        Scales(tokens, stage, first);
        for (int r = 0; r < reads.Length; r++)
        {
            CompactRead read = reads[r];
            Span<float> target = _reads.AsSpan((r * _stride) + first, tokens.Length - first);
            if (read.ByPosition is { } values)
            {
                values.AsSpan(first, target.Length).CopyTo(target);
                _trace?.Record(Node(stage, read), first, target);
                continue;
            }

            TensorPrimitives.Multiply(_x.AsSpan((read.Tracked * _stride) + first, target.Length), _scale.AsSpan(first, target.Length), target);
            TensorPrimitives.Multiply(target, read.Gain, target);
            _trace?.Record(Node(stage, read), first, target);
        }
    }

    private static CircuitNode Node(int stage, CompactRead read) => new(stage / 2, stage % 2 == 0 ? CircuitSite.AttentionIn : CircuitSite.MlpIn, read.Channel);

    private void Scales(ReadOnlySpan<int> tokens, int stage, int first)
    {
        Span<float> scale = _scale.AsSpan(first, tokens.Length - first);
        for (int t = 0; t < scale.Length; t++)
            scale[t] = _squares[stage][tokens[first + t]];
        for (int i = 0; i < _channels.Length; i++)
        {
            ReadOnlySpan<float> x = _x.AsSpan((i * _stride) + first, scale.Length);
            TensorPrimitives.MultiplyAdd(x, x, scale, scale);
        }

        foreach (ref float value in scale)
            value = 1 / MathF.Sqrt((value / _model.Config.Width) + RmsNorm.Epsilon);
        _trace?.RecordScale(stage, first, scale);
    }

    private float Head(ReadOnlySpan<int> tokens, int last, int first, int second)
    {
        Scales(tokens, _constants.Length - 1, last);
        if (!_heads.TryGetValue((first, second), out float[]? untracked))
            _heads[(first, second)] = untracked = Untracked(first, second);
        float sum = untracked[tokens[last]];
        for (int i = 0; i < _channels.Length; i++)
            sum += Weight(first, second, _channels[i]) * _x[(i * _stride) + last];
        sum = (sum * _scale[last]) + _model.HeadBias.Value[0, first] - _model.HeadBias.Value[0, second];
        return _model.Bigram is { } bigram ? sum + bigram.Value[tokens[last], first] - bigram.Value[tokens[last], second] : sum;
    }

    private float[] Untracked(int first, int second)
    {
        float[] sums = new float[_model.Config.VocabSize];
        for (int v = 0; v < sums.Length; v++)
            for (int c = 0; c < _tracked.Length; c++)
                if (_tracked[c] < 0)
                    sums[v] += Weight(first, second, c) * (_model.Embedding.Value[v, c] + _constants[^1][c]);
        return sums;
    }

    private float Weight(int first, int second, int channel) =>
        (_model.Head.Value[first, channel] - _model.Head.Value[second, channel]) * _model.FinalNorm.Value[0, channel];

    private void Advance(int stage, int tokens)
    {
        for (int i = 0; i < _channels.Length; i++)
            if (Step(stage, i) is not 0 and float step)
                for (int t = 0; t < tokens; t++)
                    _x[(i * _stride) + t] += step;
    }

    private float Step(int stage, int tracked) => _constants[stage + 1][_channels[tracked]] - _constants[stage][_channels[tracked]];

    private float[] Squares(float[] constants)
    {
        float[] squares = new float[_model.Config.VocabSize];
        for (int v = 0; v < squares.Length; v++)
        {
            ReadOnlySpan<float> embedding = _model.Embedding.Value.Row(v);
            for (int c = 0; c < embedding.Length; c++)
                if (_tracked[c] < 0)
                    squares[v] += (embedding[c] + constants[c]) * (embedding[c] + constants[c]);
        }

        return squares;
    }

    // What the means written so far add up to in each residual channel, before the first sub-block and after each.
    private static float[][] Constants(TransformerConfig config, NodeSet nodes)
    {
        var stages = new List<float[]> { new float[config.Width] };
        for (int l = 0; l < config.LayerCount; l++)
            foreach (CircuitSite site in new[] { CircuitSite.AttentionOut, CircuitSite.MlpOut })
            {
                float[] means = nodes.Mean(l, site), before = stages[^1];
                stages.Add([.. before.Select((sum, c) => sum + means[c])]);
            }

        return [.. stages];
    }

    private static int[] Tracked(TransformerConfig config, NodeSet nodes)
    {
        int[] tracked = new int[config.Width];
        int next = 0;
        for (int c = 0; c < config.Width; c++)
        {
            bool used = Enumerable.Range(0, config.LayerCount).Any(l =>
                nodes.Of(l, CircuitSite.AttentionIn)[c] || nodes.Of(l, CircuitSite.MlpIn)[c] || nodes.Of(l, CircuitSite.AttentionOut)[c] || nodes.Of(l, CircuitSite.MlpOut)[c]);
            tracked[c] = used ? next++ : -1;
        }

        return tracked;
    }
}
