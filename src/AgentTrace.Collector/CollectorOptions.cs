using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Security;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer;
using AgentTrace.Store;
using AgentTrace.Store.Jobs;

namespace AgentTrace.Collector;

/// <summary>How a collector is set up.</summary>
public sealed class CollectorOptions
{
    /// <summary>Port of OTLP/HTTP and of the query pages; 0 takes a free one.</summary>
    public int HttpPort { get; init; } = 4318;

    /// <summary>Port of OTLP/gRPC; 0 takes a free one.</summary>
    public int GrpcPort { get; init; } = 4317;

    /// <summary>Where every span is passed on to; may be empty.</summary>
    public IReadOnlyList<ForwardingEndpoint> Forward { get; init; } = [];

    /// <summary>How they wait and are sent.</summary>
    public ForwardingOptions Forwarding { get; init; } = new();

    /// <summary>Largest request in bytes, before and after decompression.</summary>
    public int MaxRequestBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Bytes of all requests that may be on their way in at once before senders are asked to wait.</summary>
    public long MaxReceivingBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>How long nothing may have come for a run that has ended before it is judged.</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long nothing may have come for a run whose workflow has ended under a span that never came: it may be another service's, or still at work.
    /// </summary>
    public TimeSpan ParentWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing may have come for a run whose ending span never came before it is judged as it is.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Spans kept of one trace for judging it; more are passed on but not looked at.</summary>
    public int MaxSpansPerRun { get; init; } = 20_000;

    /// <summary>Bytes kept of one run's spans for judging it; more are passed on but not looked at.</summary>
    public long MaxBytesPerRun { get; init; } = 16L * 1024 * 1024;

    /// <summary>Traces in which an agent spoke that are gathered at once; when there are more, those that were judged are let go first, then the one that was idle longest.</summary>
    public int MaxLiveRuns { get; init; } = 1_000_000;

    /// <summary>
    /// Bytes that all gathered runs may take; when they take more, those that were judged are let go first, then those that have ended, which are judged as they are, then the one
    /// at work that was idle longest; never the only one.
    /// </summary>
    public long MaxGatheredBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Of <see cref="MaxGatheredBytes"/>, those that runs may take which have ended or were judged, and are kept for spans that come late: under a flood they are kept less long.</summary>
    public long MaxEndedBytes { get; init; } = 8L * 1024 * 1024;

    /// <summary>How long a run is kept after it was judged: spans that come late may change the verdict.</summary>
    public TimeSpan LateWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the spans of agent runs are passed on at once or together with their verdict.</summary>
    public CollectorMode Mode { get; init; } = CollectorMode.Stream;

    /// <summary>How long and how much is held in <see cref="CollectorMode.Hold"/>.</summary>
    public HoldOptions Hold { get; init; } = new();

    /// <summary>How much attribution may cost.</summary>
    public AttributionOptions Attribution { get; init; } = new();

    /// <summary>How often the collector's own metrics are sent to the endpoints.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Finished runs kept in memory.</summary>
    public int MaxStoredRuns { get; init; } = 1_000;

    /// <summary>Where the collector listens, and by which certificates.</summary>
    public ListeningOptions Listening { get; init; } = new();

    /// <summary>Who may do what.</summary>
    public AccessOptions Access { get; init; } = new();

    /// <summary>How much callers may ask for.</summary>
    public RequestLimits Limits { get; init; } = new();

    /// <summary>What is taken out of spans before they are kept.</summary>
    public RedactionOptions Redaction { get; init; } = new();

    /// <summary>Where spans, runs and what people say about them are kept; null for nowhere. The collector opens it; who made it disposes it.</summary>
    public ITraceStore? Store { get; init; }

    /// <summary>What is stored there, and how.</summary>
    public StoreOptions Storing { get; init; } = new();

    /// <summary>How the pages about runs are set up.</summary>
    public ViewerOptions Viewer { get; init; } = new();

    /// <summary>Who attributes failed runs.</summary>
    public IFailureAttributor Attributor { get; init; } = new StructuralAttributor();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(HttpPort is >= 0 and <= 65535, nameof(HttpPort), HttpPort, "0 to 65535");
        Require(GrpcPort is >= 0 and <= 65535, nameof(GrpcPort), GrpcPort, "0 to 65535");
        Require(HttpPort == 0 || HttpPort != GrpcPort, nameof(GrpcPort), GrpcPort, $"a port other than {nameof(HttpPort)}'s");
        if (Forward.FirstOrDefault(IsOwn) is { } own)
            throw new ArgumentException($"{nameof(Forward)} names the collector itself ({own}): its spans would go round for ever; name the backend's port, or give the collector other ports.", nameof(Forward));
        Forwarding.Validate(Require);
        Require(MaxRequestBytes is > 0 and <= 1024 * 1024 * 1024, nameof(MaxRequestBytes), MaxRequestBytes, "1 to 1073741824");
        Require(MaxReceivingBytes > 0, nameof(MaxReceivingBytes), MaxReceivingBytes, "at least 1");
        Require(QuietTime > TimeSpan.Zero && QuietTime <= TimeSpan.FromHours(1), nameof(QuietTime), QuietTime, "more than 0, at most 1 hour");
        Require(ParentWait >= QuietTime && ParentWait <= TimeSpan.FromDays(1), nameof(ParentWait), ParentWait, $"at least {nameof(QuietTime)}, at most 1 day");
        Require(MaxWait >= QuietTime && MaxWait <= TimeSpan.FromDays(1), nameof(MaxWait), MaxWait, $"at least {nameof(QuietTime)}, at most 1 day");
        Require(MaxSpansPerRun > 0, nameof(MaxSpansPerRun), MaxSpansPerRun, "at least 1");
        Require(MaxLiveRuns > 0, nameof(MaxLiveRuns), MaxLiveRuns, "at least 1");
        Require(MaxBytesPerRun > 0, nameof(MaxBytesPerRun), MaxBytesPerRun, "at least 1");
        Require(MaxGatheredBytes > 0, nameof(MaxGatheredBytes), MaxGatheredBytes, "at least 1");
        Require(MaxEndedBytes > 0, nameof(MaxEndedBytes), MaxEndedBytes, "at least 1");
        Require(LateWait >= TimeSpan.Zero && LateWait <= TimeSpan.FromDays(1), nameof(LateWait), LateWait, "0 to 1 day");
        Require(MetricInterval >= TimeSpan.FromMilliseconds(100) && MetricInterval <= TimeSpan.FromDays(1), nameof(MetricInterval), MetricInterval, "0.1 second to 1 day");
        Storing.Validate(Require);
        Require(Mode == CollectorMode.Stream || Store is not IRunJobs, nameof(Mode), Mode, $"{CollectorMode.Stream} where several nodes share the store: a run's spans may be at any of them");
        Access.Validate(Require);
        Listening.Validate(Require, Access);
        Limits.Validate(Require);
        Redaction.Validate(Require);
        Hold.Validate(Require);
        Attribution.Validate(Require);
        Viewer.Validate(Require);
        Require(MaxStoredRuns > 0, nameof(MaxStoredRuns), MaxStoredRuns, "at least 1");
    }

    private bool IsOwn(ForwardingEndpoint endpoint) =>
        endpoint.Address.IsLoopback && (endpoint.Address.Port == HttpPort || endpoint.Address.Port == GrpcPort);

    private static void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            throw new ArgumentException($"{key} is {value}; allowed: {allowed}.", key);
    }
}
