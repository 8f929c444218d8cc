using System.Diagnostics;

namespace AgentTrace.TestKit;

/// <summary>A PostgreSQL server of its own for one test process: in a folder that goes with it, reached by a Unix socket alone.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    private static readonly Lazy<Task<PostgresServer>> s_shared = new(() => StartAsync(isDurable: false));

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly string _programs;
    private int _databases;

    private PostgresServer(DirectoryInfo folder, Process process, string programs) => (_folder, _process, _programs) = (folder, process, programs);

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Absent { get; } = WhyAbsent();

    /// <summary>The one that all tests of this process share; it ends with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => s_shared.Value;

    /// <summary>Starts one.</summary>
    /// <param name="isDurable">Whether it waits for the disk as a real one does; tests need not.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable)
    {
        string programs = Programs() ?? throw new InvalidOperationException(Absent);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("agenttrace-pg-");
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", User, folder.FullName);
        string data = Path.Combine(folder.FullName, "data");
        await RunAsync(AsUser(Path.Combine(programs, "initdb"), "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
        string[] settings = isDurable ? [] : ["-c", "fsync=off"];
        var start = new ProcessStartInfo
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] call = AsUser([Path.Combine(programs, "postgres"), "-D", data, "-k", folder.FullName, "-c", "listen_addresses=", "-c", "max_connections=100", "-c", "lc_messages=C", .. settings]);
        start.FileName = call[0];
        foreach (string argument in call[1..])
            start.ArgumentList.Add(argument);
        var server = new PostgresServer(folder, Process.Start(start)!, programs);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        await server.ReadyAsync();
        return server;
    }

    /// <summary>User and system time of all its processes so far, on Linux.</summary>
    public TimeSpan CpuTime()
    {
        const double TicksPerSecond = 100;   // USER_HZ, which /proc speaks in
        static double[] Fields(string stat) => [.. File.ReadAllText(stat).Split(") ")[^1].Split(' ').Skip(1).Take(14).Select(field => double.Parse(field, System.Globalization.CultureInfo.InvariantCulture))];

        // After the state: 0 the parent; 10 and 11 its own time, 12 and 13 that of children that have ended.
        double ticks = Fields($"/proc/{_process.Id}/stat")[10..14].Sum();
        foreach (string process in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                double[] fields = Fields(Path.Combine(process, "stat"));
                ticks += (int)fields[0] == _process.Id ? fields[10] + fields[11] : 0;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>A new, empty database; returns Npgsql's connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string encoding = "UTF8")
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync(Path.Combine(_programs, "createdb"), "-h", _folder.FullName, "-U", User, "-E", encoding, "-T", "template0", name);
        return $"Host={_folder.FullName};Username={User};Database={name}";
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private static string? WhyAbsent() =>
        Programs() is null ? "needs PostgreSQL's server programs (Debian's package postgresql)"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv") ? "PostgreSQL does not run as root, and there is no setpriv to run it as another user"
        : null;

    private static string? Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsUser(params string[] call) =>
        Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", .. call] : call;

    private static async Task RunAsync(params string[] call)
    {
        var start = new ProcessStartInfo(call[0], call[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', call)} ended with {process.ExitCode}: {await output}{await error}");
    }

    private async Task ReadyAsync()
    {
        var said = new List<string>();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.Contains("ready to accept connections", StringComparison.Ordinal))
                continue;

            // Whoever does not read what it says on makes it wait.
            _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return;
        }

        throw new InvalidOperationException($"PostgreSQL did not start: {string.Join('\n', said)}");
    }

    private void End()
    {
        if (!_process.HasExited)
        {
            // Its other processes see that it is gone and end too.
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        if (_folder.Exists)
            _folder.Delete(recursive: true);
    }
}
