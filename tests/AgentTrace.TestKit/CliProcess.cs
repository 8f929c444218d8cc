using System.Diagnostics;
using System.Text;

namespace AgentTrace.TestKit;

/// <summary>Runs the agenttrace tool as a user's shell does: its own process, its own streams.</summary>
public sealed class CliProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task<string> _output;
    private readonly Task _reading;
    private TaskCompletionSource _newLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _reading = ReadErrorsAsync();
    }

    /// <summary>Starts <c>agenttrace</c> with these arguments; <c>OPENAI_API_KEY</c> is not passed on.</summary>
    public static CliProcess Start(params string[] arguments) => Start(new Dictionary<string, string?>(), arguments);

    /// <summary>The same with more environment variables.</summary>
    public static CliProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AgentTrace.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("OPENAI_API_KEY");
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        return new CliProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<CliResult> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using CliProcess process = Start(arguments);
        return await process.WaitAsync(cancellationToken);
    }

    public async Task<CliResult> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        return new CliResult(_process.ExitCode, await _output.WaitAsync(cancellationToken), Errors());
    }

    /// <summary>Waits for a line on standard error that holds the text, and returns it.</summary>
    public async Task<string> WaitForErrorLineAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task newLine;
            lock (_errors)
                newLine = _newLine.Task;
            if (Errors().Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            if (_reading.IsCompleted)
                throw new InvalidOperationException($"The tool ended without saying '{text}': {Errors()}");
            await Task.WhenAny(newLine, _reading).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the condition holds; it is looked at now and whenever the tool has said something on standard error.</summary>
    public async Task WaitUntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task newLine;
            lock (_errors)
                newLine = _newLine.Task;
            if (await condition())
                return;
            if (_reading.IsCompleted)
                throw new InvalidOperationException($"The tool ended before what was waited for: {Errors()}");
            await Task.WhenAny(newLine, _reading).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Asks the process to end, as Ctrl+C or an orchestrator does.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Append(line).Append('\n');
                _newLine.SetResult();
                _newLine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private string Errors()
    {
        lock (_errors)
            return _errors.ToString();
    }
}
