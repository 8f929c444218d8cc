namespace AgentTrace.Tests.Recording;

/// <summary>Listeners and options hold for the whole process: tests that touch them run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
