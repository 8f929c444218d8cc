using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Cli.Demo;

/// <summary>One scenario that ran, and what the collector made of it.</summary>
internal sealed record DemoRun(Scenario Scenario, RunRecord Record)
{
    /// <summary>True when the planted agent and step are named, and nobody where nothing was planted.</summary>
    public bool IsAsExpected =>
        Record.Run.Outcome == (Scenario.ExpectedStep is null ? RunOutcome.Success : RunOutcome.Failure)
        && Record.Attribution?.Agent == Scenario.ExpectedAgent
        && Record.Attribution?.Step == Scenario.ExpectedStep;
}
