using System.Diagnostics;

namespace AgentTrace.Benchmarks;

/// <summary>Runs several variants of the same work in turn, round by round, so that a machine that changes its speed changes it for all.</summary>
internal static class SideBySide
{
    public const int Rounds = 1001;

    // The compiler replaces hot code by better code in the background, some hundred milliseconds after it has got hot.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    /// <summary>The median of each variant's rounds.</summary>
    /// <param name="operations">Operations a round: few enough that most rounds are over before the system gives the core to someone else.</param>
    /// <param name="variants">The work, once each; all of it must complete on the calling thread.</param>
    public static async Task<Sample[]> RunAsync(int operations, params Func<Task>[] variants)
    {
        var rounds = new Sample[variants.Length][];
        for (int v = 0; v < variants.Length; v++)
            rounds[v] = new Sample[Rounds];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
            foreach (Func<Task> variant in variants)
                await RoundAsync(operations, variant).ConfigureAwait(false);
        for (int round = 0; round < Rounds; round++)
            for (int v = 0; v < variants.Length; v++)
                rounds[v][round] = await RoundAsync(operations, variants[v]).ConfigureAwait(false);
        return [.. rounds.Select(Median)];
    }

    private static async Task<Sample> RoundAsync(int operations, Func<Task> work)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < operations; i++)
            await work().ConfigureAwait(false);
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return new Sample(nanoseconds / operations, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)operations);
    }

    private static Sample Median(Sample[] samples) => new(Middle(samples.Select(s => s.Nanoseconds)), Middle(samples.Select(s => s.Bytes)));

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
