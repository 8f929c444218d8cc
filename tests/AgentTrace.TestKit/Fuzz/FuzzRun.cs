using System.Diagnostics;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>Sends mutated requests one after the other and judges the answers.</summary>
public static class FuzzRun
{
    /// <summary>Longer than this is a hang.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="requests">How many.</param>
    /// <param name="seed">The same seed makes the same requests.</param>
    /// <param name="send">Sends one; what it throws is a defect.</param>
    public static async Task<FuzzReport> RunAsync(int requests, int seed, Func<FuzzRequest, Task<FuzzAnswer>> send)
    {
        var mutator = new RequestMutator(seed);
        var report = new FuzzReport();
        long early = 0;
        for (int i = 0; i < requests; i++)
        {
            FuzzRequest request = mutator.Next();
            long start = Stopwatch.GetTimestamp();
            string verdict;
            try
            {
                verdict = FuzzOracle.Judge(request, await send(request).WaitAsync(Longest));
            }
#pragma warning disable CA1031 // Whatever comes out of the receiver is what this looks for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                verdict = $"WRONG: {e.GetType().Name}: {e.Message}";
            }

            report.Add(request, verdict, Stopwatch.GetElapsedTime(start));
            if (i == requests / 10)
                early = GC.GetTotalMemory(forceFullCollection: true);
        }

        report.Heap = (early, GC.GetTotalMemory(forceFullCollection: true));
        return report;
    }
}
