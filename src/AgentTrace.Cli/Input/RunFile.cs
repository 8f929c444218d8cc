using AgentTrace.Attribution.Runs;

namespace AgentTrace.Cli.Input;

/// <summary>The runs of one file.</summary>
/// <param name="Path">The file as the user named it.</param>
/// <param name="IsLog">True for a Who&amp;When log, false for an OTLP export.</param>
/// <param name="Runs">Its runs; a log has one.</param>
internal sealed record RunFile(string Path, bool IsLog, IReadOnlyList<LabeledRun> Runs)
{
    /// <summary>What could not be read of it, and where; null when all could.</summary>
    public string? Problem { get; init; }
}
