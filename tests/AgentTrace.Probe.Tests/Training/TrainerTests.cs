using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Training;

namespace AgentTrace.Probe.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions s_options = new() { Steps = 40, BatchDocuments = 8, DocumentLength = 32, Density = 0.25, EmbeddingDensity = 0.5, LearningRate = 8e-3 };

    [Fact]
    public void Run_SparseTraining_LowersTheLossAndKeepsTheShareAskedFor()
    {
        using var trainer = new Trainer(Shape(), Models.Corpus, s_options);
        double before = trainer.Validate(16);

        trainer.Run(cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(trainer.Validate(16) < before - 0.5);
        foreach (Parameter parameter in trainer.Model.Parameters.Where(p => p.Name.EndsWith("c_fc.weight", StringComparison.Ordinal)))
            Assert.Equal(parameter.Count / 4, parameter.Nonzeros());
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameWeightsAndAnotherSeedOthers()
    {
        string[] hashes = [.. new[] { 1, 1, 2 }.Select(seed =>
        {
            using var trainer = new Trainer(Shape(), Models.Corpus, s_options with { Seed = seed, Steps = 5 });
            trainer.Run(cancellationToken: TestContext.Current.CancellationToken);
            return ModelFile.Hash(trainer.Model);
        })];

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void Run_Cancelled_StopsBetweenTwoStepsAndResumesToTheSameEnd()
    {
        using var whole = new Trainer(Shape(), Models.Corpus, s_options);
        whole.Run(cancellationToken: TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        using var part = new Trainer(Shape(), Models.Corpus, s_options);
        Assert.Throws<OperationCanceledException>(() => part.Run(new Stopper(stop), 13, stop.Token));
        using var saved = new MemoryStream();
        part.SaveCheckpoint(saved);
        saved.Position = 0;

        using var resumed = Trainer.Resume(saved, "saved", Models.Corpus);

        Assert.Equal(13, resumed.Step);
        resumed.Run(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ModelFile.Hash(whole.Model), ModelFile.Hash(resumed.Model));
    }

    private static TransformerConfig Shape() => Models.Corpus.Shape(32, 32);

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => stop.Cancel();
    }
}
