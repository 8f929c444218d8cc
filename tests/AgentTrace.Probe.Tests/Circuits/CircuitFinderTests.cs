using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;
using AgentTrace.Probe.Training;

namespace AgentTrace.Probe.Tests.Circuits;

/// <summary>A small model that has learned an easy task, and its circuit.</summary>
public sealed class CircuitFinderTests
{
    private static readonly Lazy<Transformer> s_model = new(Trained);
    private static readonly CircuitOptions s_options = new()
    {
        TargetLoss = 0.3, TrainPairs = 48, TestPairs = 48, MeanDocuments = 32, Trials = [new MaskTrainingOptions { Steps = 80, BatchPairs = 16, LearningRate = 0.05 }],
    };

    private static ICircuitTask Task => CodeTasks.Named("enumerate_range", Models.Corpus);

    [Fact]
    public void Find_TaskThatTheModelDoes_IsASmallPartThatDoesItAndWithoutWhichTheModelDoesNot()
    {
        Circuit circuit = Find(s_options);

        int all = CircuitEdges.Count(s_model.Value, Everything());
        Assert.InRange(circuit.Edges.Count, 1, all / 10);
        Assert.InRange(circuit.Score.Loss, 0, 0.3);
        Assert.InRange(circuit.HeldOut.Loss, 0, 0.6);
        Assert.True(circuit.WithoutCircuit.Loss > 2 * circuit.WholeModel.Loss);
        Assert.True(circuit.Edges.Count <= circuit.EdgesBeforeCleanUp);
        Assert.All(circuit.Edges, edge => Assert.True(circuit.Nodes.Contains(edge.From) && circuit.Nodes.Contains(edge.To) && edge.Weight != 0));
    }

    [Fact]
    public void Find_Importances_AreTheRiseOfTheLossWithoutTheNode()
    {
        Circuit circuit = Find(s_options);

        Assert.Equal((circuit.Nodes.Count, circuit.Edges.Count), (circuit.NodeImportances.Count, circuit.EdgeImportances.Count));
        // Each node was needed to stay at the target: the clean-up dropped the others.
        Assert.All(circuit.NodeImportances, rise => Assert.True(circuit.Score.Loss + rise > 0.3 - 1e-6));
    }

    [Fact]
    public void File_ReadBack_IsTheSameCircuit()
    {
        Circuit circuit = Find(s_options);
        using var file = new MemoryStream();
        CircuitFile.Write(circuit, file);
        file.Position = 0;

        Circuit read = CircuitFile.Read(file, "file", s_model.Value);

        Assert.Equal(circuit.Nodes, read.Nodes);
        Assert.Equal(circuit.Edges, read.Edges);
        Assert.Equal(circuit.Means, read.Means);
        Assert.Equal(circuit.EdgeImportances, read.EdgeImportances);
        Assert.Equal((circuit.First, circuit.Second, circuit.Calibration, circuit.Score), (read.First, read.Second, read.Calibration, read.Score));
    }

    [Fact]
    public void Find_TargetBelowTheModelsOwnLoss_SaysWhatTheModelReaches() =>
        Assert.Contains("The whole model has a loss of", Assert.Throws<CircuitNotFoundException>(() => Find(s_options with { TargetLoss = 1e-9 })).Message, StringComparison.Ordinal);

    private static Circuit Find(CircuitOptions options) =>
        new CircuitFinder(s_model.Value, Models.Corpus, s_model.Value.Config.BlockSize, options).Find(Task, null, TestContext.Current.CancellationToken);

    private static NodeSet Everything()
    {
        var nodes = new NodeSet(s_model.Value.Config, new NodeMasks(s_model.Value.Config));
        foreach (CircuitNode node in NodeSet.Every(s_model.Value.Config))
            nodes[node] = true;
        return nodes;
    }

    private static Transformer Trained()
    {
        using var trainer = new Trainer(Models.Corpus.Shape(32), Models.Corpus, new TrainingOptions { Steps = 240, Density = 0.25, EmbeddingDensity = 0.25, LearningRate = 8e-3, Seed = 3 });
        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
        return trainer.Model;
    }
}
