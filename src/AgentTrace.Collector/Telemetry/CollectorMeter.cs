using System.Diagnostics.Metrics;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Collector.Telemetry;

/// <summary>What the collector tells about its own work, by the meter <see cref="Name"/>.</summary>
internal sealed class CollectorMeter
{
    public const string Name = "AgentTrace.Collector";

    /// <summary>The counter of verdicts.</summary>
    public const string Attributions = "agenttrace.attributions";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _spans;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _evicted;
    private readonly Counter<long> _holdEnded;
    private readonly Counter<long> _attributions;
    private readonly Counter<long> _abstentions;
    private readonly Counter<long> _judgeCalls;
    private readonly Counter<long> _tokens;
    private readonly Histogram<double> _duration;

    public CollectorMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _received = _meter.CreateCounter<long>("agenttrace.collector.received", "{request}", "Requests accepted, by signal.");
        _refused = _meter.CreateCounter<long>("agenttrace.collector.refused", "{request}", "Requests refused, by signal and reason.");
        _spans = _meter.CreateCounter<long>("agenttrace.collector.spans", "{span}", "Spans that came in accepted requests, by what became of them.");
        _dropped = _meter.CreateCounter<long>("agenttrace.collector.dropped", "{item}", "What was accepted and then given up, by kind and reason.");
        _runs = _meter.CreateCounter<long>("agenttrace.collector.runs.finished", "{run}", "Runs that were handed on, by outcome.");
        _evicted = _meter.CreateCounter<long>("agenttrace.collector.runs.evicted", "{run}", "Runs let go before their time, by reason.");
        _holdEnded = _meter.CreateCounter<long>("agenttrace.collector.hold.ended", "{trace}", "Held traces that left without waiting for a verdict, by reason.");
        _attributions = _meter.CreateCounter<long>(Attributions, "{attribution}", "Verdicts, by agent, category, method and verdict.");
        _abstentions = _meter.CreateCounter<long>("agenttrace.attribution.abstentions", "{attribution}", "Verdicts that name nobody for want of evidence, by method.");
        _judgeCalls = _meter.CreateCounter<long>("agenttrace.attribution.judge.calls", "{call}", "Calls of the model, by method.");
        _tokens = _meter.CreateCounter<long>("agenttrace.attribution.judge.tokens", "{token}", "Tokens the model was sent and answered with, by method and type.");
        _duration = _meter.CreateHistogram<double>("agenttrace.attribution.duration", "s", "How long an attribution took, by method.");
    }

    /// <summary>Whether the instrument is this collector's.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Received(string signal) => _received.Add(1, Tag("signal", signal));

    public void Refused(string signal, string reason) => _refused.Add(1, Tag("signal", signal), Tag("reason", reason));

    public void Spans(int accepted, int refused)
    {
        _spans.Add(accepted, Tag("result", "accepted"));
        if (refused > 0)
            _spans.Add(refused, Tag("result", "refused"));
    }

    public void RunFinished(RunOutcome outcome) => _runs.Add(1, Tag("outcome", outcome switch { RunOutcome.Failure => "failure", RunOutcome.Success => "success", _ => "unknown" }));

    public void RunUnchanged() => _runs.Add(1, Tag("outcome", "unchanged"));

    public void RunNotRead() => _runs.Add(1, Tag("outcome", "success_not_read"));

    public void RunTooLate() => _dropped.Add(1, Tag("kind", "late_spans_of_run"), Tag("reason", "too_late"));

    public void RunEvicted(string reason) => _evicted.Add(1, Tag("reason", reason));

    public void HoldEnded(string reason) => _holdEnded.Add(1, Tag("reason", reason));

    public void HeldLost(int bytes) => _dropped.Add(bytes, Tag("kind", "held_byte"), Tag("reason", "stopped"));

    /// <summary>What was accepted and is not in the store.</summary>
    public void NotStored(string kind, string reason) => _dropped.Add(1, Tag("kind", $"stored_{kind}"), Tag("reason", reason));

    public void AttributionDropped(string reason) => _dropped.Add(1, Tag("kind", "attribution"), Tag("reason", reason));

    public void Attributed(Verdict verdict)
    {
        FailureAttribution attribution = verdict.Attribution;
        KeyValuePair<string, object?> method = Tag("method", attribution.Method);
        _attributions.Add(1, Tag("agent", verdict.Culprit?.Agent ?? ""), Tag("category", verdict.Category), method, Tag("verdict", VerdictSpans.NameOf(attribution.Verdict)));
        _duration.Record(verdict.Took.TotalSeconds, method);
        if (attribution.Verdict == AttributionVerdict.Abstained)
            _abstentions.Add(1, method);
        _judgeCalls.Add(attribution.Cost.JudgeCalls, method);
        _tokens.Add(attribution.Cost.InputTokens, method, Tag("type", "input"));
        _tokens.Add(attribution.Cost.OutputTokens, method, Tag("type", "output"));
    }

    public void ObserveRuns(Func<long> bytes, Func<int> count)
    {
        _meter.CreateObservableGauge("agenttrace.collector.runs.live", count, "{run}", "Runs that are gathered or kept for late spans.");
        _meter.CreateObservableGauge("agenttrace.collector.runs.bytes", bytes, "By", "Memory that their spans take.");
    }

    /// <summary>What each way to an endpoint holds and has done.</summary>
    public void ObserveForwarding(IReadOnlyList<ForwardingQueue> queues)
    {
        _meter.CreateObservableGauge("agenttrace.collector.queued", () => queues.Select(queue => Of(queue, queue.WaitingBytes)), "By", "Requests that wait for an endpoint, by endpoint and signal.");
        _meter.CreateObservableCounter("agenttrace.collector.forwarded", () => queues.Select(queue => Of(queue, queue.Delivered)), "{request}", "Requests an endpoint took, by endpoint and signal.");
        _meter.CreateObservableCounter("agenttrace.collector.given_up", () => queues.Select(queue => Of(queue, queue.Dropped)), "{request}", "Requests an endpoint refused for good, by endpoint and signal.");
    }

    public void ObserveAttributionQueue(Func<int> count) =>
        _meter.CreateObservableGauge("agenttrace.attribution.queued", count, "{run}", "Failed runs that wait for a verdict.");

    public void ObserveStoreQueue(Func<long> bytes) =>
        _meter.CreateObservableGauge("agenttrace.collector.store.queued", bytes, "By", "Requests and runs that wait to be stored.");

    public void ObserveHeld(Func<long> bytes) =>
        _meter.CreateObservableGauge("agenttrace.collector.held", bytes, "By", "Spans held until their run is judged.");

    private static Measurement<long> Of(ForwardingQueue queue, long value) => new(value, Tag("endpoint", queue.Endpoint.ToString()), Tag("signal", queue.Signal.Name));

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
