using AgentTrace.Conventions;
using AgentTrace.Probe.Corpora.Runs;

namespace AgentTrace.Probe.Tasks;

/// <summary>The built-in tasks on the events of runs: habits of a team that a circuit of a trace model keeps.</summary>
public static class RunTasks
{
    private const int Manager = SyntheticRunWriter.Manager;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ICircuitTask> All { get; } =
    [
        Task("retry_after_failure", "a call that failed is tried again, one that worked is reported on", (RunEventWords.Retry, RunEventWords.Says), (w, first) =>
        {
            w.Turn(0, w.Tool(0), first ? RunEventWords.Failed : RunEventWords.Ok);
            w.Begin(0);
        }),
        Task("give_up", "after three failures an agent admits it, after two it tries again", (RunEventWords.Admits, RunEventWords.Retry), (w, first) =>
        {
            string tool = w.Tool(0);
            w.Turn(0, tool, RunEventWords.Failed);
            for (int tries = first ? 2 : 1; tries > 0; tries--)
                w.Turn(0, RunEventWords.Retry, tool, RunEventWords.Failed);
            w.Begin(0);
        }),
    ];

    // The manager has handed the last part to the first specialist; parts before it are whole.
    private static PairedTask Task(string name, string description, (string First, string Second) candidates, Action<SyntheticRunWriter, bool> write) =>
        new(RunCorpus.Words, name, description, candidates, (random, first) =>
        {
            var writer = new SyntheticRunWriter(random);
            writer.Open(random.Next(2));
            writer.Turn(Manager, RunEventWords.Says);
            writer.HandTo(0);
            write(writer, first);
            return [.. writer.Words.Select(word => RunCorpus.Words[word])];
        });
}
