using System.Globalization;
using AgentTrace.Collector;
using AgentTrace.TestKit.Fuzz;
using AgentTrace.TestKit.Otlp;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Benchmarks.Fuzz;

/// <summary>Mutated requests through the receivers: <c>fuzz --requests N --seed S</c>. A twentieth of them go over real HTTP and gRPC, after the others.</summary>
internal static class FuzzCommand
{
    public const string Name = "fuzz";

    private const int OneOverLoopback = 20;

    /// <summary>0 when no answer was wrong.</summary>
    public static async Task<int> RunAsync(int requests, int seed, TextWriter output)
    {
        int loopback = requests / OneOverLoopback;
        using var server = new InProcessServer();
        FuzzReport inProcess, overLoopback;
        await using (CollectorHost host = CollectorHost.Create(Options(), configureServices: services => services.AddSingleton<IServer>(server)))
        {
            await host.StartAsync().ConfigureAwait(false);
            inProcess = await FuzzRun.RunAsync(requests - loopback, seed, ReceiverDoor.InProcess(server)).ConfigureAwait(false);
        }

        await using (CollectorHost host = CollectorHost.Create(Options()))
        {
            await host.StartAsync().ConfigureAwait(false);
            using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
            overLoopback = await FuzzRun.RunAsync(loopback, seed + 1, ReceiverDoor.Loopback(client)).ConfigureAwait(false);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"In process, seed {seed}\n\n{inProcess.ToTable()}\n\nOver HTTP and gRPC, seed {seed + 1}\n\n{overLoopback.ToTable()}")).ConfigureAwait(false);
        return inProcess.Wrong.Count + overLoopback.Wrong.Count == 0 ? 0 : 1;
    }

    private static CollectorOptions Options() => new() { HttpPort = 0, GrpcPort = 0, QuietTime = TimeSpan.FromMilliseconds(200), LateWait = TimeSpan.FromSeconds(1), MaxWait = TimeSpan.FromSeconds(2), ParentWait = TimeSpan.FromSeconds(1) };
}
