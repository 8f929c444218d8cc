using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>A run for which nothing more is awaited.</summary>
/// <param name="TraceId">Its trace.</param>
/// <param name="Spans">Its spans as they were gathered.</param>
/// <param name="LeftOut">How many more came than were kept.</param>
/// <param name="HasEnded">Whether the span that ends it came.</param>
/// <param name="History">What was decided about it before.</param>
internal sealed record CompleteRun(TraceId TraceId, IReadOnlyList<GatheredSpan> Spans, int LeftOut, bool HasEnded, RunHistory History);
