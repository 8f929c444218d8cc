using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Cli.Output;

/// <summary>One run of one file with its verdict; no verdict for a run that did not fail.</summary>
internal sealed record AttributedRun(string File, LabeledRun Run, FailureAttribution? Attribution);
