using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>Runs the whole suite and prints its table.</summary>
internal static class FaultCommand
{
    public const string Name = "faults";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>0 when nothing accepted was lost, otherwise 1.</summary>
    public static async Task<int> RunAsync(bool json, string only, double downSeconds, TextWriter output)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("agenttrace-faults-");
        string Folder(string name) => root.CreateSubdirectory(name).FullName;
        using SmallDisk? disk = SmallDisk.TryMount(Path.Combine(root.FullName, "small"), "8m");
        (string Name, Func<Task<FaultResult>>? Run)[] faults =
        [
            ("kill", () => FaultSuite.KillAsync(Folder("kill"), 10)),
            ("down", () => FaultSuite.BackendDownAsync(Folder("down"), TimeSpan.FromSeconds(downSeconds))),
            ("slow", () => FaultSuite.SlowBackendAsync(Folder("slow"), TimeSpan.FromMilliseconds(300), 100_000)),
            ("http-codes", () => FaultSuite.ErrorCodesAsync(Folder("http"), grpc: false)),
            ("grpc-codes", () => FaultSuite.ErrorCodesAsync(Folder("grpc"), grpc: true)),
            ("disk", disk is null ? null : () => FaultSuite.FullDiskAsync(Path.Combine(disk.Folder, "queue"))),
            ("clock", () => ClockFault.RunAsync(Folder("clock"))),
        ];
        var results = new List<FaultResult>();
        if (!json)
            await output.WriteLineAsync($"{"fault",-38} {"accepted",9} {"delivered",9} {"set aside",9} {"lost",6} {"duplicated",10} {"asked to wait",13}").ConfigureAwait(false);
        foreach ((string name, Func<Task<FaultResult>>? run) in faults)
        {
            if (only.Length > 0 && only != name)
                continue;
            if (run is null)
            {
                await output.WriteLineAsync($"{name}: not run, no file system may be mounted here").ConfigureAwait(false);
                continue;
            }

            FaultResult r = await run().ConfigureAwait(false);
            results.Add(r);
            if (!json)
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{r.Fault,-38} {r.Accepted,9} {r.Delivered,9} {r.SetAside,9} {r.Lost,6} {r.Duplicated,10} {r.AskedToWait,13}")).ConfigureAwait(false);
        }

        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(new { results }, s_json)).ConfigureAwait(false);
        disk?.Dispose();
        root.Delete(recursive: true);
        return results.TrueForAll(r => r.Lost == 0) ? 0 : 1;
    }
}
