using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>Sends load in closed loops. A request that is not accepted is sent again as it was, as an SDK does, until the time is over.</summary>
internal sealed class LoadGenerator(LoadPlan plan, ulong seed)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<long> _unaccepted = [];
    private long _next;
    private long _accepted;
    private long _asked;
    private long _broken;

    /// <summary>Spans accepted so far.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Requests answered with "try again later" so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Runs until cancelled.</summary>
    public async Task<LoadResult> RunAsync(CancellationToken stop)
    {
        await Task.WhenAll(Enumerable.Range(0, plan.Senders).Select(_ => Task.Run(() => SendAllAsync(stop), CancellationToken.None))).ConfigureAwait(false);
        return new LoadResult(_accepted, _asked, _broken, _unaccepted);
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseProxy = false });
        double agentTraces = plan.Batch * plan.AgentShare / 10;
        LoadRequest few = new(plan.Batch, (int)agentTraces, seed), more = new(plan.Batch, (int)agentTraces + 1, seed);
        double owed = 0;
        long started = Stopwatch.GetTimestamp();
        for (long sent = 0; !stop.IsCancellationRequested; sent += plan.Batch)
        {
            owed += agentTraces - (int)agentTraces;
            LoadRequest request = owed >= 1 ? more : few;
            owed -= owed >= 1 ? 1 : 0;
            if (plan.SpansPerSecond > 0)
                await PaceAsync(started, sent, stop).ConfigureAwait(false);
            long first = Interlocked.Add(ref _next, plan.Batch) - plan.Batch;
            request.Renew(first, DateTimeOffset.UtcNow);
            await SendUntilAcceptedAsync(http, request, first, stop).ConfigureAwait(false);
        }
    }

    private async Task PaceAsync(long started, long sent, CancellationToken stop)
    {
        TimeSpan due = TimeSpan.FromSeconds(sent * plan.Senders / plan.SpansPerSecond);
        TimeSpan wait = due - Stopwatch.GetElapsedTime(started);
        if (wait > TimeSpan.FromMilliseconds(1))
            await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendUntilAcceptedAsync(HttpMessageInvoker http, LoadRequest request, long first, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await SendAsync(http, request).ConfigureAwait(false))
                {
                    Interlocked.Add(ref _accepted, request.Spans);
                    return;
                }

                Interlocked.Increment(ref _asked);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                Interlocked.Increment(ref _broken);
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_unaccepted)
            _unaccepted.Add(first);
    }

    private async Task<bool> SendAsync(HttpMessageInvoker http, LoadRequest load)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(plan.Address, plan.IsGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces"))
        {
            Content = new ReadOnlyMemoryContent(plan.IsGrpc ? load.Framed : load.Body),
            Version = plan.IsGrpc ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(plan.IsGrpc ? "application/grpc" : "application/x-protobuf");
        if (plan.IsGrpc)
            request.Headers.TryAddWithoutValidation("te", "trailers");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using HttpResponseMessage response = await http.SendAsync(request, patience.Token).ConfigureAwait(false);
        await response.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false);
        string status = plan.IsGrpc ? GrpcStatusOf(response) : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (status == (plan.IsGrpc ? "14" : "503"))
            return false;
        // The load is right, so a receiver that refuses it is wrong.
        return status == (plan.IsGrpc ? "0" : "200") ? true : throw new InvalidOperationException($"The receiver answered HTTP {(int)response.StatusCode}, status {status}.");
    }

    private static string GrpcStatusOf(HttpResponseMessage response) =>
        response.TrailingHeaders.TryGetValues("grpc-status", out IEnumerable<string>? status) || response.Headers.TryGetValues("grpc-status", out status) ? status.First() : "none";
}
