using System.Diagnostics;
using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.WhoAndWhen;

namespace AgentTrace.Benchmarks.Attribution;

/// <summary>How many failed runs a second one core attributes without a model, and whether memory stays flat while it does.</summary>
internal static class AttributionBenchmark
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(5);

    /// <param name="folder">Who&amp;When logs; null for made-up runs of the same size.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task RunAsync(string? folder, TextWriter output)
    {
        AttributionRun[] runs = folder is null
            ? [.. Enumerable.Range(0, 40).Select(SyntheticRun.Create)]
            : [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => WhoAndWhenReader.Read(file, File.ReadAllBytes(file)).Run)];
        double characters = runs.Average(run => run.Steps.Sum(step => (double)step.Output.Length));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{runs.Length} runs, {runs.Average(run => run.Steps.Count):0.0} steps and {characters:0} characters each; one thread, processor time")).ConfigureAwait(false);
        foreach (IFailureAttributor attributor in (IFailureAttributor[])[new StructuralAttributor(), await LearnedAsync(runs).ConfigureAwait(false)])
            await MeasureAsync(attributor, runs, characters, output).ConfigureAwait(false);
    }

    // The labels do not matter here; that the runs are like those of the training does, or they would be left to the signals.
    private static async Task<LearnedAttributor> LearnedAsync(AttributionRun[] runs)
    {
        var structural = new StructuralAttributor();
        var labelled = new List<LabeledRun>();
        foreach (AttributionRun run in runs)
        {
            int step = (await structural.AttributeAsync(run).ConfigureAwait(false)).Step ?? 0;
            labelled.Add(new LabeledRun { Run = run, Label = new RunLabel(run.Steps[step].Agent, step, "") });
        }

        return new LearnedAttributor(RankerTrainer.Train(labelled));
    }

    private static async Task MeasureAsync(IFailureAttributor attributor, AttributionRun[] runs, double characters, TextWriter output)
    {
        await RepeatAsync(attributor, runs, s_warmUp).ConfigureAwait(false);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        int rounds = await RepeatAsync(attributor, runs, s_measured).ConfigureAwait(false);
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        double perRun = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)rounds / runs.Length;
        long after = GC.GetTotalMemory(forceFullCollection: true);
        double perSecond = rounds * runs.Length / seconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{attributor.Method,-12} {perSecond,8:0} runs/s per core   {1e9 / perSecond / characters:0.00} ns/character   {perRun / 1024:0.0} KiB allocated a run   {(after - before) / 1024.0:+0.0;-0.0;0.0} KiB kept after {rounds * runs.Length} runs")).ConfigureAwait(false);
    }

    private static async Task<int> RepeatAsync(IFailureAttributor attributor, AttributionRun[] runs, TimeSpan time)
    {
        int rounds = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; rounds++)
        {
            foreach (AttributionRun run in runs)
                await attributor.AttributeAsync(run).ConfigureAwait(false);
        }

        return rounds;
    }
}
