using AgentTrace.Conventions;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Tests.Corpora;

/// <summary>Runs as documents.</summary>
public sealed class RunCorpusTests
{
    [Fact]
    public void Fill_ShortRuns_FollowEachOtherWhole()
    {
        var corpus = new RunCorpus([[RunEventWords.Start, RunEventWords.Agent(0), RunEventWords.Says, RunEventWords.End]]);
        int[] document = new int[65];

        for (int seed = 0; seed < 20; seed++)
        {
            corpus.Fill(document, new Random(seed));
            string text = corpus.Vocabulary.Decode(document);
            int first = text.IndexOf("end", StringComparison.Ordinal) + 4;
            Assert.StartsWith("run agent_0 says end run agent_0 says end", text[first..], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Healthy_EveryFailedCall_IsTriedAgainOrAdmitted()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            string[] words = [.. SyntheticRun.Healthy(random).Words];
            foreach (int failed in Enumerable.Range(0, words.Length).Where(place => words[place] == RunEventWords.Failed))
                Assert.Contains(words[failed + 2], new[] { RunEventWords.Retry, RunEventWords.Admits });
            Assert.DoesNotContain(RunEventWords.Again, words);
            Assert.Equal(RunEventWords.End, words[^1]);
        }
    }

    [Theory]
    [InlineData(BrokenHabit.Loop)]
    [InlineData(BrokenHabit.PingPong)]
    [InlineData(BrokenHabit.IgnoredError)]
    [InlineData(BrokenHabit.EarlyEnd)]
    public void Broken_Always_BreaksAtAStepOfTheRun(BrokenHabit habit)
    {
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            SyntheticRun run = SyntheticRun.Broken(habit, random);
            Assert.InRange(run.BrokenAt!.Value, 0, run.Steps[^1]);
            Assert.Equal(run.Words.Count, run.Steps.Count);
            Assert.All(run.Words, word => Assert.Contains(word, RunEventWords.All));
        }
    }

    [Fact]
    public void Constructor_NoRunsOrEmptyOnes_Throws()
    {
        Assert.Throws<ArgumentException>(() => new RunCorpus([]));
        Assert.Contains("1 of them without events", Assert.Throws<ArgumentException>(() => new RunCorpus([[]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ModelOfRuns_IsMadeUpRunsWithTasksOfTheirOwn()
    {
        ICorpus corpus = BuiltInCorpus.Of(RunCorpus.Shape(32));

        Assert.Same(RunCorpus.Words, corpus.Vocabulary);
        Assert.Equal(["retry_after_failure", "give_up"], BuiltInCorpus.TasksOf(corpus).Select(task => task.Name));
    }

    [Fact]
    public void Of_ModelOfSomethingElse_Throws()
    {
        TransformerConfig config = RunCorpus.Shape(32);

        Assert.Contains("\"poems\"", Assert.Throws<ArgumentException>(() => BuiltInCorpus.Of(config with { Corpus = "poems" })).Message, StringComparison.Ordinal);
        Assert.Contains("7 tokens", Assert.Throws<ArgumentException>(() => BuiltInCorpus.Of(config with { VocabSize = 7 })).Message, StringComparison.Ordinal);
    }
}
