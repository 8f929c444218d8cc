using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Circuits;

/// <summary>The mean activation of every node over the corpus: what an ablated node is replaced by.</summary>
internal static class CorpusMeans
{
    private const int ChunkDocuments = 4;

    public static NodeMasks Measure(Transformer model, ICorpus corpus, int documents, int length, int seed)
    {
        var masks = new NodeMasks(model.Config);
        var activations = new Activations(model, ChunkDocuments, length);
        int[] tokens = new int[ChunkDocuments * length];
        var random = new Random(seed);
        int chunks = Math.Max(1, documents / ChunkDocuments);
        var sums = masks.All.Select(mask => new double[mask.Channels]).ToArray();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            for (int d = 0; d < ChunkDocuments; d++)
                corpus.Fill(tokens.AsSpan(d * length, length), random);
            ForwardPass.Run(model, tokens, activations);
            for (int l = 0; l < model.Layers.Length; l++)
                foreach (CircuitSite site in NodeMasks.Sites)
                    Add(activations.Layers[l].At(site), sums[(l * NodeMasks.Sites.Length) + (int)site]);
        }

        for (int m = 0; m < sums.Length; m++)
            for (int c = 0; c < sums[m].Length; c++)
                masks.All[m].Mean[c] = (float)(sums[m][c] / ((double)chunks * ChunkDocuments * length));
        return masks;
    }

    private static void Add((Matrix Matrix, int FirstRow) site, double[] sums)
    {
        for (int c = 0; c < sums.Length; c++)
        {
            double sum = 0;
            foreach (float value in site.Matrix.Row(site.FirstRow + c))
                sum += value;
            sums[c] += sum;
        }
    }
}
