using AgentTrace.Benchmarks.Store;
using AgentTrace.TestKit;

namespace AgentTrace.Collector.Tests.Storing;

/// <summary>The benchmark's short form: what it loads is found again in each engine. Its times are looked at by nobody.</summary>
public sealed class StoreBenchmarkTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Run_OfAFewRuns_FindsThemAgainAndPrintsARow(string engine)
    {
        Assert.SkipWhen(engine == "postgresql" && PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        var output = new StringWriter();

        await StoreBenchmark.RunAsync(40, engine, output);

        Assert.Contains($"| {engine} | 40 | 2000 | ", output.ToString(), StringComparison.Ordinal);
    }
}
