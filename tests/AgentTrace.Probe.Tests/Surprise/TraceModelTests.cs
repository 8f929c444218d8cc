using AgentTrace.Conventions;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Surprise;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Tests.Surprise;

/// <summary>A model of how runs go, trained once on made-up runs that went well.</summary>
public sealed class TraceModelTests(TraceModelTests.Trained trained) : IClassFixture<TraceModelTests.Trained>
{
    [Theory]
    [InlineData(BrokenHabit.Loop)]
    [InlineData(BrokenHabit.PingPong)]
    [InlineData(BrokenHabit.IgnoredError)]
    [InlineData(BrokenHabit.EarlyEnd)]
    public void Read_RunsThatGoWrong_AreUnexpectedFirstWhereTheyDo(BrokenHabit habit)
    {
        const int Runs = 100;
        var random = new Random(17);

        int found = Enumerable.Range(0, Runs).Count(_ => SyntheticRun.Broken(habit, random) is var run && FirstUnexpected(run) == run.BrokenAt);

        Assert.InRange(found, 90, Runs);
    }

    [Fact]
    public void Train_RunsThatGoWell_AreExpected()
    {
        Assert.InRange(trained.Result.LeftOutLoss, 0.1, 0.5);
        Assert.InRange(trained.Result.Steps, 100, 400);
        Assert.InRange((double)trained.Result.Model.Model.Nonzeros / new Transformer(trained.Result.Model.Model.Config).Nonzeros, 0.05, 0.3);
    }

    [Fact]
    public void Read_LongRun_SaysOfItsBeginningWhatItSaysOfTheBeginningAlone()
    {
        var random = new Random(5);
        string[] words = [.. Enumerable.Range(0, 9).SelectMany(_ => SyntheticRun.Healthy(random).Words)];
        string[] beginning = words[..40];

        TokenSurprise[] all = trained.Result.Model.Read(words), some = trained.Result.Model.Read(beginning);

        Assert.Equal(words.Length, all.Length);
        for (int i = 0; i < some.Length; i++)
            Assert.Equal(some[i].Nats, all[i].Nats, 1e-4);
        Assert.All(all.Skip(1), one => Assert.InRange(one.Nats, 1e-9, 40));
        Assert.Equal(0, all[0].Nats);
    }

    [Fact]
    public void Find_HabitOfTheTeam_HasACircuit()
    {
        var options = new CircuitOptions { TrainPairs = 48, TestPairs = 48, MeanDocuments = 64, TargetLoss = 0.3, Trials = [new MaskTrainingOptions { Steps = 80, BatchPairs = 16, LearningRate = 0.06 }] };
        Transformer model = trained.Result.Model.Model;

        Circuit circuit = new CircuitFinder(model, RunCorpus.Synthetic(200), model.Config.BlockSize, options).Find(RunTasks.All.Single(task => task.Name == "retry_after_failure"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(circuit.Score.Loss, 0, 0.3);
        Assert.InRange(circuit.HeldOut.Loss, 0, 0.5);
        Assert.InRange(circuit.Nodes.Count, 1, 200);
    }

    [Fact]
    public void Train_FewRuns_ThrowsAndSaysHowManyAreNeeded()
    {
        var random = new Random(1);
        IReadOnlyList<string>[] runs = [.. Enumerable.Range(0, 9).Select(_ => SyntheticRun.Healthy(random).Words)];

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => TraceModelTrainer.Train(runs, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("9 runs are too few", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WordThatIsNone_ThrowsAndSaysWhich() =>
        Assert.Contains("\"Planner\"", Assert.Throws<ArgumentException>(() => TraceModelTrainer.Train([.. Enumerable.Repeat<string[]>([RunEventWords.Start, "Planner"], 20)], cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_ModelOfCode_Throws() =>
        Assert.Contains("not the events of runs", Assert.Throws<ArgumentException>(() => new TraceModel(new Transformer(Models.Corpus.Shape(32)))).Message, StringComparison.Ordinal);

    // Where a run is odd for a while, the first such step is where it went wrong.
    private int? FirstUnexpected(SyntheticRun run)
    {
        TokenSurprise[] read = trained.Result.Model.Read(run.Words);
        return Enumerable.Range(0, run.Words.Count).Where(place => run.Steps[place] >= 0).GroupBy(place => run.Steps[place])
            .MaxBy(step => Math.Min(6, step.Sum(place => read[place].Nats)))!.Key;
    }

    /// <summary>The model.</summary>
    public sealed class Trained
    {
        public TrainedTraceModel Result { get; } = Train();

        private static TrainedTraceModel Train()
        {
            var random = new Random(2);
            return TraceModelTrainer.Train([.. Enumerable.Range(0, 600).Select(_ => SyntheticRun.Healthy(random).Words)], new TraceModelOptions { MostSteps = 400 });
        }
    }
}
