using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Circuits;

/// <summary>Logit of the first candidate minus that of the second at each prompt's end: all of the head that a task needs.</summary>
internal static unsafe class LogitDifference
{
    public static void Read(Transformer model, PromptBatch batch, Activations activations, Span<float> differences)
    {
        Matrix normed = activations.Normed;
        for (int p = 0; p < batch.Count; p++)
        {
            float* x = normed.Pointer + (p * batch.Length) + batch.Last[p];
            float* first = model.Head.Value.RowPointer(batch.First[p]), second = model.Head.Value.RowPointer(batch.Second[p]);
            float difference = model.HeadBias.Pointer[batch.First[p]] - model.HeadBias.Pointer[batch.Second[p]];
            for (int c = 0; c < normed.Rows; c++)
                difference += (first[c] - second[c]) * x[(long)c * normed.Stride];
            if (model.Bigram is { } bigram)
            {
                float* row = bigram.Value.RowPointer(batch.Tokens[(p * batch.Length) + batch.Last[p]]);
                difference += row[batch.First[p]] - row[batch.Second[p]];
            }

            differences[p] = difference;
        }
    }

    /// <summary>Fills the gradient by the final norm's output from that by the differences.</summary>
    public static void Gradient(Transformer model, PromptBatch batch, Activations activations, ReadOnlySpan<float> gradients, Matrix dNormed)
    {
        dNormed.Values.Clear();
        for (int p = 0; p < batch.Count; p++)
        {
            float* d = dNormed.Pointer + (p * batch.Length) + batch.Last[p];
            float* first = model.Head.Value.RowPointer(batch.First[p]), second = model.Head.Value.RowPointer(batch.Second[p]);
            for (int c = 0; c < activations.Normed.Rows; c++)
                d[(long)c * dNormed.Stride] = gradients[p] * (first[c] - second[c]);
        }
    }
}
