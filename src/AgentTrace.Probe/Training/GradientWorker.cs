using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Training;

/// <summary>One worker's share of a step's documents: their loss and the gradients of all parameters.</summary>
internal sealed unsafe class GradientWorker
{
    /// <summary>Documents that pass through the model together: as many as keep the products wide and the activations in the cache.</summary>
    public const int ChunkDocuments = 4;

    private readonly Transformer _model;
    private readonly ICorpus _corpus;
    private readonly Activations _activations;
    private readonly BackwardPass _backward;
    private readonly int[] _document;
    private readonly int[] _tokens;
    private readonly int[] _targets;

    public GradientWorker(Transformer model, ICorpus corpus, int length)
    {
        (_model, _corpus) = (model, corpus);
        _activations = new Activations(model, ChunkDocuments, length);
        _backward = new BackwardPass(model, _activations);
        Gradients = new Gradients(model);
        _document = new int[length + 1];
        (_tokens, _targets) = (new int[ChunkDocuments * length], new int[ChunkDocuments * length]);
    }

    public Gradients Gradients { get; }

    /// <summary>Sum of the tokens' losses in nats.</summary>
    public double Loss { get; private set; }

    /// <summary>Goes through documents <paramref name="first"/> to <paramref name="end"/> (exclusive) of a step.</summary>
    /// <param name="seed">Seed of the step's documents.</param>
    /// <param name="first">First document.</param>
    /// <param name="end">The one after the last; a multiple of the chunk from the first.</param>
    /// <param name="scale">One over the tokens of the whole step.</param>
    /// <param name="train">Whether gradients are wanted.</param>
    public void Run(int seed, int first, int end, float scale, bool train)
    {
        Loss = 0;
        if (train)
            Gradients.Clear();
        int length = _document.Length - 1;
        for (int chunk = first; chunk < end; chunk += ChunkDocuments)
        {
            for (int d = 0; d < ChunkDocuments; d++)
            {
                // A document's randomness is its own, so that it is the same whoever works on it.
                _corpus.Fill(_document, new Random(Seeds.Of(seed, chunk + d)));
                _document.AsSpan(0, length).CopyTo(_tokens.AsSpan(d * length));
                _document.AsSpan(1, length).CopyTo(_targets.AsSpan(d * length));
            }

            ForwardPass.Run(_model, _tokens, _activations);
            ForwardPass.Logits(_model, _tokens, _activations);
            Loss += SoftmaxCrossEntropy.Gradient(_activations.Logits.Pointer, _activations.Logits.Stride, _activations.Logits.Rows, _targets, scale);
            if (!train)
                continue;
            _backward.Head(_tokens, Gradients);
            _backward.Run(_tokens, Gradients);
        }
    }
}
