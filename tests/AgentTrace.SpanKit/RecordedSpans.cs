using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentTrace.SpanKit;

/// <summary>A real tracer provider and what it exported.</summary>
public sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly TracerProvider _provider;

    public RecordedSpans(bool content = false)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentTraceInstrumentation(options => options.CaptureContent = content)
            .AddProcessor(new SimpleActivityExportProcessor(new Exporter(_spans)))
            .Build();
    }

    public IReadOnlyList<Activity> All => [.. _spans];

    /// <summary>The turns in order of start.</summary>
    public IReadOnlyList<Activity> Turns => [.. _spans.Where(span => span.GetTagItem("gen_ai.operation.name") is "invoke_agent").OrderBy(span => span.StartTimeUtc)];

    public int Traces => _spans.Select(span => span.TraceId).Distinct().Count();

    /// <summary>The tree as lines, parents before children, in order of start: <c>  name [status]</c>.</summary>
    public string Tree => string.Join('\n', Lines(default, ""));

    public void Dispose() => _provider.Dispose();

    private IEnumerable<string> Lines(ActivitySpanId parent, string indent)
    {
        HashSet<ActivitySpanId> ids = [.. _spans.Select(span => span.SpanId)];
        foreach (Activity span in _spans.Where(s => parent == default ? !ids.Contains(s.ParentSpanId) : s.ParentSpanId == parent).OrderBy(s => s.StartTimeUtc))
        {
            string status = span.Status == ActivityStatusCode.Error ? " !" : "";
            string orphan = parent == default && span.ParentSpanId != default ? " (orphan)" : "";
            yield return $"{indent}{span.DisplayName}{status}{orphan}";
            foreach (string line in Lines(span.SpanId, indent + "  "))
                yield return line;
        }
    }

    private sealed class Exporter(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (Activity span in batch)
                spans.Enqueue(span);
            return ExportResult.Success;
        }
    }
}
