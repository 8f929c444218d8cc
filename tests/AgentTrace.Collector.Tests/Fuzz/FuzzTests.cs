using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit.Fuzz;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Tests.Fuzz;

/// <summary>The short form of <c>fuzz</c> in tests/AgentTrace.Benchmarks.</summary>
public sealed class FuzzTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MutatedRequests_AreTreatedAsTheSpecificationSays()
    {
        using var server = new InProcessServer();
        await using CollectorHost host = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0 }, configureServices: services => services.AddSingleton<IServer>(server));
        await host.StartAsync(Cancel);

        FuzzReport report = await FuzzRun.RunAsync(20_000, seed: 20_000, ReceiverDoor.InProcess(server));

        Assert.True(report.Wrong.Count == 0, report.ToTable());
        Assert.All((string[])["whole JSON: accepted", "whole protobuf: partial success", "damaged protobuf: refused", "damaged JSON: refused"], kind => Assert.True(report.Count(kind) > 100, kind));
    }

    [Fact]
    public async Task MutatedRequests_WhatIsValidArrivesAndNothingElse()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        var expected = new List<(FuzzRequest Request, FuzzAnswer Answer)>();
        await using CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            // One request at a time, none put together: what arrives can be laid beside what was sent.
            HttpPort = 0, GrpcPort = 0, Forwarding = new() { BatchBytes = 0, Concurrency = 1 }, MaxWait = TimeSpan.FromHours(1), QuietTime = TimeSpan.FromHours(1),
            ParentWait = TimeSpan.FromHours(1), Forward = [ForwardingEndpoint.Parse(sink.HttpAddress.ToString())],
        });
        await host.StartAsync(Cancel);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        Func<FuzzRequest, Task<FuzzAnswer>> door = ReceiverDoor.Loopback(client);

        FuzzReport report = await FuzzRun.RunAsync(1_500, seed: 7, async request =>
        {
            FuzzAnswer answer = await door(request);
            if (answer.IsAccepted && !request.IsJson && FuzzOracle.TryParse(request.Body) is { } read && FuzzOracle.Spans(read).Any(FuzzOracle.IsValid))
                expected.Add((request, answer));
            return answer;
        });
        IReadOnlyList<ReceivedRequest> came = await WaitForAsync(sink, expected.Count);

        Assert.True(report.Wrong.Count == 0, report.ToTable());
        HashSet<string> bodies = [.. came.Select(request => Convert.ToBase64String(request.Body))];
        HashSet<string> spans = [.. came.Select(request => Key(request.Spans.Select(span => span.Span)))];
        foreach ((FuzzRequest request, FuzzAnswer answer) in expected)
        {
            if (answer.RejectedSpans == 0)
                Assert.Contains(Convert.ToBase64String(request.Body), bodies);
            else
                Assert.Contains(Key(FuzzOracle.Spans(FuzzOracle.TryParse(request.Body)!).Where(FuzzOracle.IsValid)), spans);
        }

        Assert.All(came, request => Assert.All(request.Spans, span => Assert.True(FuzzOracle.IsValid(span.Span))));
    }

    private static string Key(IEnumerable<Span> spans) => string.Join(' ', spans.Select(span => span.ToByteString().ToBase64()));

    /// <summary>The protobuf requests that Google's code can read and that hold a span.</summary>
    private static async Task<IReadOnlyList<ReceivedRequest>> WaitForAsync(OtlpSink sink, int count)
    {
        ReceivedRequest[] Readable() => [.. sink.Requests.Where(request => !request.IsJson && request.Spans.Count > 0)];
        await sink.WaitForAsync(_ => Readable().Length >= count, Cancel);
        return Readable();
    }
}
