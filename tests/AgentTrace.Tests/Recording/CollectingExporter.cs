using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace AgentTrace.Tests.Recording;

/// <summary>Keeps every ended span, in the order of their ends.</summary>
internal sealed class CollectingExporter : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    public IReadOnlyList<Activity> Spans => [.. _spans];

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (Activity span in batch)
            _spans.Enqueue(span);
        return ExportResult.Success;
    }
}
