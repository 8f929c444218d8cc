namespace AgentTrace.Package.Tests;

/// <summary>How one call of <c>dotnet</c> ended.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Everything it printed.</param>
public sealed record DotnetResult(string Command, int ExitCode, string Output)
{
    /// <summary>The rules' findings, in the order of the source.</summary>
    public IReadOnlyList<Finding> Findings => Finding.In(Output);

    /// <summary>Fails the test with everything that was printed unless the command ended well.</summary>
    public DotnetResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command}\n{Output}");
        return this;
    }
}
