using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Surprise;

/// <summary>Reads sequences of any length with a model and says how unexpected each token is. May be used from one thread at a time.</summary>
/// <remarks>A sequence longer than the model's block is read in windows that overlap by half: every token but the first ones has half a block before it.</remarks>
public sealed class SurpriseReader
{
    private readonly Transformer _model;
    private readonly Activations _activations;
    private readonly int[] _window;

    /// <summary>Creates the reader.</summary>
    public SurpriseReader(Transformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        int length = model.Config.BlockSize / Activations.LengthStep * Activations.LengthStep;
        if (length == 0)
            throw new ArgumentException($"The model reads {model.Config.BlockSize} tokens at once; a model with a block of at least {Activations.LengthStep} is needed.", nameof(model));
        _activations = new Activations(model, 1, length);
        _window = new int[length];
    }

    /// <summary>Reads a sequence.</summary>
    /// <param name="tokens">Ids of the model's vocabulary.</param>
    /// <returns>For each token how unexpected it was.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A token is none of the model's.</exception>
    public TokenSurprise[] Read(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_model.Config.VocabSize)
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"The model has the tokens 0 to {_model.Config.VocabSize - 1}.");
        }

        var read = new TokenSurprise[tokens.Length];
        int length = _window.Length;
        for (int start = 0, done = 1; done < tokens.Length; start += length / 2)
        {
            ReadOnlySpan<int> window = tokens[start..Math.Min(tokens.Length, start + length)];
            _window.AsSpan().Clear();
            window.CopyTo(_window);
            ForwardPass.Run(_model, _window, _activations);
            ForwardPass.Logits(_model, _window, _activations);
            int end = Math.Min(tokens.Length, start + length + 1);
            for (; done < end; done++)
                read[done] = Judge(done - 1 - start, tokens[done]);
        }

        return read;
    }

    private TokenSurprise Judge(int place, int token)
    {
        Matrix logits = _activations.Logits;
        int expected = 0;
        for (int v = 1; v < logits.Rows; v++)
        {
            if (At(v) > At(expected))
                expected = v;
        }

        double highest = At(expected), sum = 0;
        for (int v = 0; v < logits.Rows; v++)
            sum += Math.Exp(At(v) - highest);
        return new TokenSurprise(Math.Log(sum) + highest - At(token), expected, 1 / sum);

        float At(int word) => logits.Row(word)[place];
    }
}
