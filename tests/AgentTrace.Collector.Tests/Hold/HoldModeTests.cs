using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Collector.Tests.Hold;

public sealed class HoldModeTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedRun_LeavesOnceWithTheVerdictOnTheCulpritsOwnSpan()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink));
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] sent = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, sent[1..]);
        await runs.SendAsync(trace, sent[..1]);
        Assert.Empty(sink.Spans);

        await runs.NextAfterAsync(Quiet);
        await runs.Host.StopAsync(Cancel);

        ReceivedSpan[] came = [.. sink.Spans];
        Assert.Equal(sent.Length + 1, came.Length);
        Assert.Single(came, s => s.Name == "attribute_failure");
        foreach (Span span in sent)
        {
            ReceivedSpan one = Assert.Single(came, s => s.Span.SpanId == span.SpanId);
            if (span.Name != "invoke_agent Hotels")
            {
                Assert.Equal(span.ToByteArray(), one.Span.ToByteArray());
                continue;
            }

            Assert.Equal(span.Attributes, one.Span.Attributes.Take(span.Attributes.Count));
            Assert.True(one["agenttrace.attribution.decisive"]!.BoolValue);
            Assert.Equal("Hotels", one["agenttrace.attribution.agent"]!.StringValue);
            Assert.Contains("book_hotel", one["agenttrace.attribution.reason"]!.StringValue, StringComparison.Ordinal);
            Assert.Equal("travel", one.ServiceName);
        }
    }

    [Fact]
    public async Task SpansOfOtherTraces_AreNotHeld()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink));
        TestTrace agents = TestTrace.WithIgnoredToolError(1);
        var web = new TestTrace(2);
        Span get = web.Add("GET /", null);
        agents.Request.ResourceSpans.Add(web.Request.ResourceSpans);
        await runs.Client.PostAsync(agents.Bytes, Cancel);

        IReadOnlyList<ReceivedSpan> came = await sink.WaitForAsync(all => all.Count > 0, Cancel);

        Assert.Equal(get, Assert.Single(came).Span);
    }

    [Fact]
    public async Task RunThatDidNotFail_LeavesAsItCameOnceItIsComplete()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink));
        var trace = new TestTrace();
        trace.AddTurn(trace.AddRun("success"), "Flights", 0, "Booked.");
        await runs.Client.PostAsync(trace.Bytes, Cancel);

        await runs.NextAfterAsync(Quiet);
        await sink.WaitForAsync(all => all.Count > 0, Cancel);

        Assert.Equal(trace.Bytes, Assert.Single(sink.Requests).Body);
    }

    [Fact]
    public async Task Deadline_TheTraceLeavesAndGoesOnAsAStream()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink, new HoldOptions { Deadline = TimeSpan.FromSeconds(10) }));
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] sent = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, sent[1..3]);

        runs.Clock.Advance(TimeSpan.FromSeconds(12));
        await sink.WaitForAsync(all => all.Count == 2, Cancel);
        await runs.SendAsync(trace, sent[3..]);
        await sink.WaitForAsync(all => all.Count == 4, Cancel);
        await runs.SendAsync(trace, sent[..1]);
        await runs.NextAfterAsync(Quiet);

        IReadOnlyList<ReceivedSpan> came = await sink.WaitForAsync(all => all.Any(s => s.Name == "decisive_error"), Cancel);
        Assert.Equal(sent.Length + 2, came.Count);
        Assert.Null(Assert.Single(came, s => s.Name == "invoke_agent Hotels")["agenttrace.attribution.decisive"]);
    }

    [Fact]
    public async Task MoreThanMayBeHeld_TheTraceHeldLongestLeaves()
    {
        using var counted = new CountedMetrics();
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink, new HoldOptions { MaxBytes = 3000 }), counted.Watch);
        TestTrace[] traces = [.. Enumerable.Range(1, 4).Select(i => TestTrace.WithIgnoredToolError((byte)i))];
        foreach (TestTrace trace in traces)
            await runs.Client.PostAsync(trace.Bytes, Cancel);

        IReadOnlyList<ReceivedSpan> came = await sink.WaitForAsync(all => all.Count >= 5, Cancel);

        Assert.Equal(traces[0].TraceIdHex, came[0].TraceId);
        Assert.InRange(counted.Sum("agenttrace.collector.hold.ended", "reason", "no_room"), 1, 2);
    }

    [Fact]
    public async Task ProcessDiesWhileHolding_TheNextOneForwardsWhatWasHeld()
    {
        string folder = Directory.CreateTempSubdirectory("agenttrace-hold").FullName;
        string left = folder + "-left";
        try
        {
            await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
            TestTrace trace = TestTrace.WithIgnoredToolError();
            await using (JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink, folder: folder)))
            {
                Assert.Equal(System.Net.HttpStatusCode.OK, (await runs.Client.PostAsync(trace.Bytes, Cancel)).Status);

                // What a killed process leaves behind is what its files hold now.
                Copy(folder, left);
                Assert.Empty(sink.Spans);
            }

            int before = sink.Spans.Count;
            await using JudgedRuns next = await JudgedRuns.StartAsync(Holding(sink, folder: left));
            await sink.WaitForAsync(all => all.Count == before + 5, Cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(left, recursive: true);
        }
    }

    [Fact]
    public async Task WhatWasForwarded_IsNotForwardedAgainByTheNextProcess()
    {
        string folder = Directory.CreateTempSubdirectory("agenttrace-hold").FullName;
        try
        {
            await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
            await using (JudgedRuns runs = await JudgedRuns.StartAsync(Holding(sink, folder: folder)))
            {
                await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
                await runs.NextAfterAsync(Quiet);
                await runs.Host.StopAsync(Cancel);
            }

            int before = sink.Spans.Count;
            await using (JudgedRuns next = await JudgedRuns.StartAsync(Holding(sink, folder: folder)))
                await next.Host.StopAsync(Cancel);

            Assert.Equal((6, 6), (before, sink.Spans.Count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CollectorOptions Holding(OtlpSink sink, HoldOptions? hold = null, string? folder = null) => new()
    {
        HttpPort = 0,
        GrpcPort = 0,
        Mode = CollectorMode.Hold,
        Hold = hold ?? new HoldOptions(),
        Forwarding = new() { QueueDirectory = folder },
        Forward = [ForwardingEndpoint.Parse(sink.GrpcEndpoint)],
    };

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
