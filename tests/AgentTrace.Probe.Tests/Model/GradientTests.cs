using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Tests.Model;

/// <summary>Gradients of whole models against finite differences of their loss.</summary>
public sealed class GradientTests
{
    private const int Documents = 2;
    private const int Length = 16;
    private const float Step = 2e-3f;

    private static readonly TransformerConfig s_learnedPositions = Models.SparseKind() with { SinusoidalPositions = false };

    public static TheoryData<string, TransformerConfig, double> Kinds => new()
    {
        { "sparse kind", Models.SparseKind(), 1 },
        { "sparse kind, packed weights", Models.SparseKind(), 0.1 },
        { "gpt2 kind", Models.Gpt2Kind(), 1 },
        { "learned positions", s_learnedPositions, 1 },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Gradient_OfEveryParameter_IsThatOfFiniteDifferences(string kind, TransformerConfig config, double density)
    {
        Transformer model = Models.Random(config, 3, density);
        var random = new Random(5);
        int[] tokens = [.. Enumerable.Range(0, Documents * Length).Select(_ => random.Next(config.VocabSize))];
        int[] targets = [.. Enumerable.Range(0, Documents * Length).Select(i => i % 5 == 4 ? -1 : random.Next(config.VocabSize))];
        var activations = new Activations(model, Documents, Length);
        var gradients = new Gradients(model);
        var backward = new BackwardPass(model, activations);
        Loss(model, tokens, targets, activations);
        backward.Head(tokens, gradients);
        backward.Run(tokens, gradients);

        foreach (Parameter parameter in model.Parameters.Where(p => p.IsTrained))
        {
            // Along one random direction, over all values that are not held at zero: one number that every entry of the gradient is in.
            float[] direction = [.. Enumerable.Range(0, parameter.Count).Select(i => parameter.Value.Values[i] == 0 ? 0f : (float)(random.NextDouble() - 0.5))];
            double expected = 0;
            for (int i = 0; i < direction.Length; i++)
                expected += direction[i] * (double)gradients.Values(parameter)[i];
            float[] before = parameter.Value.Values.ToArray();
            double up = Moved(+Step), down = Moved(-Step);
            before.CopyTo(parameter.Value.Values);
            model.Refresh();

            double measured = (up - down) / (2 * Step);
            Assert.True(Math.Abs(measured - expected) <= 2e-3 + (0.02 * Math.Abs(expected)), $"{kind}, {parameter.Name}: {expected} by the backward pass, {measured} by differences");

            double Moved(float step)
            {
                for (int i = 0; i < before.Length; i++)
                    parameter.Value.Values[i] = before[i] + (step * direction[i]);
                model.Refresh();
                return Loss(model, tokens, targets, activations);
            }
        }
    }

    private static unsafe double Loss(Transformer model, int[] tokens, int[] targets, Activations activations)
    {
        ForwardPass.Run(model, tokens, activations);
        ForwardPass.Logits(model, tokens, activations);
        return SoftmaxCrossEntropy.Gradient(activations.Logits.Pointer, activations.Logits.Stride, activations.Logits.Rows, targets, 1);
    }
}
