using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>The load generator as a process of its own: <c>load ADDRESS grpc|http BATCH SPANS_PER_SECOND SECONDS AGENT_SHARE SENDERS</c>.</summary>
internal static class LoadCommand
{
    public const string Name = "load";

    /// <summary>Runs one in this process and prints what it saw.</summary>
    public static async Task<int> RunAsync(string[] words, TextWriter output)
    {
        LoadPlan plan = new(new Uri(words[0]), words[1] == "grpc", Number(words[2]), Number(words[6]), Real(words[3]), Real(words[5]));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Real(words[4])));
        LoadResult result = await new LoadGenerator(plan, (ulong)Environment.ProcessId << 32).RunAsync(stop.Token).ConfigureAwait(false);
        await output.WriteLineAsync(JsonSerializer.Serialize(result)).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Runs one in a process of its own and waits for it.</summary>
    public static async Task<LoadResult> StartAsync(LoadPlan plan, TimeSpan duration)
    {
        string[] words =
        [
            Path.Combine(AppContext.BaseDirectory, "AgentTrace.Benchmarks.dll"), Name, plan.Address.ToString(), plan.IsGrpc ? "grpc" : "http", Text(plan.Batch),
            Text(plan.SpansPerSecond), Text(duration.TotalSeconds), Text(plan.AgentShare), Text(plan.Senders),
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
        string printed = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return JsonSerializer.Deserialize<LoadResult>(printed) ?? throw new InvalidOperationException("The load generator printed nothing.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
