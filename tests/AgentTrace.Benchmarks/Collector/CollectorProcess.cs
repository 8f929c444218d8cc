using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>The collector as a user runs it: <c>agenttrace collect</c> in a process of its own.</summary>
internal sealed partial class CollectorProcess : IAsyncDisposable
{
    private const int ClockTicksPerSecond = 100;   // USER_HZ, which /proc speaks in

    private static readonly bool s_shown = Environment.GetEnvironmentVariable("AGENTTRACE_BENCH_LOG") is { Length: > 0 };

    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<string> _log = [];

    private CollectorProcess(Process process)
    {
        _process = process;
        var listening = new TaskCompletionSource<(Uri, Uri)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Listening = listening.Task;
        _reading = ReadAsync(listening);
    }

    private Task<(Uri Http, Uri Grpc)> Listening { get; }

    public Uri Http { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    /// <summary>What it logged so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    /// <summary>User and system time so far, seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            string[] fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(") ")[^1].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / ClockTicksPerSecond;
        }
    }

    /// <summary>Largest resident set so far, MB.</summary>
    public double PeakRssMb => Status("VmHWM:");

    /// <summary>Resident set now, MB.</summary>
    public double RssMb => Status("VmRSS:");

    /// <summary>Starts it on free ports unless the arguments name some.</summary>
    public static async Task<CollectorProcess> StartAsync(params string[] arguments)
    {
        string[] ports = arguments.Contains("--http-port") ? [] : ["--http-port", "0", "--grpc-port", "0"];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AgentTrace.Cli.dll"), "collect", .. ports, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OTEL_SDK_DISABLED"] = "true";
        var collector = new CollectorProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        (collector.Http, collector.Grpc) = await collector.Listening.WaitAsync(TimeSpan.FromSeconds(60)).ConfigureAwait(false);
        return collector;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Asks it to end and waits.</summary>
    public async Task StopAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _process.Dispose();
    }

    private double Status(string key)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private async Task ReadAsync(TaskCompletionSource<(Uri, Uri)> listening)
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (ListeningLine().Match(line) is { Success: true } match)
                listening.TrySetResult((new Uri(match.Groups[1].Value), new Uri(match.Groups[2].Value)));
            lock (_log)
                _log.Add(line);
            if (s_shown)
                await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        listening.TrySetException(new InvalidOperationException("The collector did not start: " + string.Join('\n', Log)));
    }

    [GeneratedRegex(@"OTLP/HTTP on (http\S+/)v1/traces, OTLP/gRPC on (http[^,]+),")]
    private static partial Regex ListeningLine();
}
