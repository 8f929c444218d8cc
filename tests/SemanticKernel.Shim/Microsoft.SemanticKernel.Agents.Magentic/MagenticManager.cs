using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Agents.Orchestration;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Plans, keeps the ledger and chooses who works next.</summary>
[Experimental("SKEXP0110")]
public abstract class MagenticManager
{
    public int MaximumInvocationCount { get; init; } = int.MaxValue;

    public int MaximumResetCount { get; init; } = 3;

    public int MaximumStallCount { get; init; } = 3;

    public OrchestrationInteractiveCallback? InteractiveCallback { get; init; }

    public abstract ValueTask<IList<ChatMessageContent>> PlanAsync(MagenticManagerContext context, CancellationToken cancellationToken);

    public abstract ValueTask<IList<ChatMessageContent>> ReplanAsync(MagenticManagerContext context, CancellationToken cancellationToken);

    public abstract ValueTask<MagenticProgressLedger> EvaluateTaskProgressAsync(
        MagenticManagerContext context, CancellationToken cancellationToken = default);

    public abstract ValueTask<ChatMessageContent> PrepareFinalAnswerAsync(
        MagenticManagerContext context, CancellationToken cancellationToken = default);
}
