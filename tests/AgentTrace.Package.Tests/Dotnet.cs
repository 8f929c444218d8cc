using System.Diagnostics;

namespace AgentTrace.Package.Tests;

/// <summary>The real <c>dotnet</c>, as a user's shell runs it.</summary>
public static class Dotnet
{
    private static readonly string CompilerServer = $"agenttrace-{Guid.NewGuid():N}";

    /// <summary>Runs it and returns what it printed and how it ended.</summary>
    public static Task<DotnetResult> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) => RunAsync("dotnet", folder, environment, arguments);

    /// <summary>The same for a program that was installed.</summary>
    public static Task<DotnetResult> RunProgramAsync(string program, string folder, params string[] arguments) => RunAsync(program, folder, new Dictionary<string, string>(), arguments);

    private static async Task<DotnetResult> RunAsync(string program, string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // No node of a build outlives it: one that did would hold the output, and the packages open. The compiler is warm after the first of
        // some thirty builds; its server is these tests' own, holds no output, and ends when nobody asks it any more.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["SharedCompilationId"] = CompilerServer;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
        string output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new DotnetResult($"{program} {string.Join(' ', arguments)}", process.ExitCode, (output + await errors).ReplaceLineEndings("\n"));
    }
}
