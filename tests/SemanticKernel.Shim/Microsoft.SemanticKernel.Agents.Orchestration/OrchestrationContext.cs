using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>What all actors of one run share.</summary>
[Experimental("SKEXP0110")]
public sealed class OrchestrationContext
{
    internal OrchestrationContext()
    {
    }

    public required string Orchestration { get; init; }

    public required TopicId Topic { get; init; }

    public required CancellationToken Cancellation { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public OrchestrationResponseCallback? ResponseCallback { get; init; }

    public OrchestrationStreamingCallback? StreamingResponseCallback { get; init; }

    public required Action<Exception> FailureCallback { get; init; }
}
