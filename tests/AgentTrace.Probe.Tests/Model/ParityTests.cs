using System.Text.Json;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.TestKit;

namespace AgentTrace.Probe.Tests.Model;

/// <summary>Models in the published architecture, computed by PyTorch in float32.</summary>
public sealed class ParityTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("gpt2-like")]
    [InlineData("paper-like")]
    public void Logits_OfAPublishedArchitecture_AgreeWithPyTorch(string name)
    {
        if (SharedData.Folder("circuit-parity") is not { } folder)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        TransformerConfig config = JsonSerializer.Deserialize<TransformerConfig>(File.ReadAllText(Path.Combine(folder, $"{name}.config.json")))!;
        Transformer model = new(config);
        using (FileStream file = File.OpenRead(Path.Combine(folder, $"{name}.safetensors")))
            SafetensorsReader.Read(model, file, name);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"{name}.expected.json")));
        int[][] documents = expected.RootElement.GetProperty("tokens").Deserialize<int[][]>()!;
        float[][] first = expected.RootElement.GetProperty("logits_first_sequence").Deserialize<float[][]>()!;
        float[][] last = expected.RootElement.GetProperty("logits_last_position").Deserialize<float[][]>()!;

        Activations activations = new(model, documents.Length, documents[0].Length);
        int[] tokens = [.. documents.SelectMany(document => document)];
        ForwardPass.Run(model, tokens, activations);
        ForwardPass.Logits(model, tokens, activations);

        double worst = 0;
        for (int t = 0; t < first.Length; t++)
            for (int v = 0; v < config.VocabSize; v++)
                worst = Math.Max(worst, Math.Abs(first[t][v] - activations.Logits[v, t]));
        for (int d = 0; d < documents.Length; d++)
            for (int v = 0; v < config.VocabSize; v++)
                worst = Math.Max(worst, Math.Abs(last[d][v] - activations.Logits[v, ((d + 1) * documents[0].Length) - 1]));
        Assert.InRange(worst, 0, Tolerance);
    }
}
