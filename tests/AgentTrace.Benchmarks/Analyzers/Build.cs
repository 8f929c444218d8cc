using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentTrace.Benchmarks.Analyzers;

/// <summary>One real <c>dotnet build</c>, and what it took.</summary>
/// <param name="CompilerSeconds">How long the compiler's task ran, by MSBuild's own summary; 0 when it did not.</param>
/// <param name="CpuSeconds">Processor time of the whole build with all its processes; NaN where the system does not tell.</param>
/// <param name="Rules">What the compiler says each analyzer took, when asked to.</param>
internal sealed partial record Build(double CompilerSeconds, double CpuSeconds, IReadOnlyList<RuleTime> Rules)
{
    private const double TicksPerSecond = 100; // What Linux reports in, whatever its kernel counts in.

    /// <summary>Builds the project from nothing.</summary>
    /// <param name="project">The project, restored.</param>
    /// <param name="compared">Whose analyzers it has: none, AgentTrace, Meziantou, or both.</param>
    /// <param name="reportRules">Whether the compiler is to say what each analyzer took.</param>
    /// <param name="compile">Whether the compiler runs at all: without it, what is left is the build around it.</param>
    public static async Task<Build> RunAsync(GeneratedProject project, string compared, bool reportRules = false, bool compile = true)
    {
        double before = ChildCpuSeconds();
        string output = await DotnetAsync(project, "build", "--no-restore", "--no-incremental", "-m:1", "--nologo", reportRules ? "-v:d" : "-v:m", "-clp:PerformanceSummary;ForceNoAlign",
            "-p:RunAnalyzersDuringBuild=true", $"-p:Compared={compared}", $"-p:ReportAnalyzer={reportRules}", $"-p:SkipCompilerExecution={!compile}").ConfigureAwait(false);
        double cpu = ChildCpuSeconds() - before;
        Match task = CompilerTask().Match(output);
        return new Build(task.Success ? double.Parse(task.Groups[1].Value, CultureInfo.InvariantCulture) / 1000 : 0, cpu, reportRules ? RuleTime.In(output) : []);
    }

    public static Task RestoreAsync(GeneratedProject project) => DotnetAsync(project, "restore", "-v:q");

    private static async Task<string> DotnetAsync(GeneratedProject project, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = project.Folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{output}");
    }

    /// <summary>User and system time of all children that have ended, and of theirs.</summary>
    private static double ChildCpuSeconds()
    {
        const string stat = "/proc/self/stat";
        if (!File.Exists(stat))
            return double.NaN;
        string line = File.ReadAllText(stat);
        // After the name in brackets, which may hold spaces; proc(5) numbers cutime and cstime 16 and 17.
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    [GeneratedRegex(@"^\s*(\d+) ms\s+Csc\s+\d+ calls?", RegexOptions.Multiline)]
    private static partial Regex CompilerTask();
}
