using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentTrace.Collector.Tests.Forwarding;

public sealed class ForwardingQueueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneOfManyIsUnacceptable_OnlyThatOneIsRefused()
    {
        var kept = new KeptRequests();
        var sender = new Sender(bodies => bodies.Contains((byte)7) ? SendResultKind.Unacceptable : SendResultKind.Delivered);

        await RunAsync(sender, kept, Enumerable.Range(0, 20).Select(i => (byte)i));

        Assert.Equal([7], kept.Bodies);
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i != 7).Select(i => (byte)i), sender.Delivered.Order());
    }

    [Fact]
    public async Task Run_EndpointRefusesWhateverComes_AsksOnceForAllTogether()
    {
        var kept = new KeptRequests();
        var sender = new Sender(_ => SendResultKind.Refused);

        await RunAsync(sender, kept, [1, 2, 3]);

        Assert.Equal(1, sender.Calls);
        Assert.Equal([1, 2, 3], kept.Bodies);
    }

    [Fact]
    public async Task Run_ManySmallRequestsWait_GoTogether()
    {
        var sender = new Sender(_ => SendResultKind.Delivered);

        await RunAsync(sender, new KeptRequests(), Enumerable.Range(0, 100).Select(i => (byte)i));

        Assert.Equal(1, sender.Calls);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), sender.Delivered);
    }

    private static async Task RunAsync(Sender sender, KeptRequests kept, IEnumerable<byte> bodies)
    {
        ForwardingEndpoint endpoint = ForwardingEndpoint.Parse("http://127.0.0.1:9");
        using var journal = new MemoryJournal(10_000);
        using var queue = new ForwardingQueue(endpoint, OtlpSignal.Traces, sender, journal.OpenReader("one"), isDurable: false, kept,
            new ForwardingLimits(1000, 1, TimeSpan.FromSeconds(30)), ForwardingRetry.Create(endpoint, TimeProvider.System, NullLogger.Instance), NullLogger<ForwardingQueue>.Instance);
        foreach (byte body in bodies)
            Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new[] { body })));
        queue.Complete();
        await queue.RunAsync(Cancel);
        Assert.Equal(0, queue.WaitingBytes);
    }

    private sealed class Sender(Func<IReadOnlyList<byte>, SendResultKind> answer) : IOtlpSender
    {
        public int Calls { get; private set; }

        public List<byte> Delivered { get; } = [];

        public Task<SendResult> SendAsync(OtlpExport export, CancellationToken cancellationToken)
        {
            Calls++;
            byte[] bodies = [.. export.Bodies.Select(body => body.Span[0])];
            SendResultKind kind = answer(bodies);
            if (kind == SendResultKind.Delivered)
                Delivered.AddRange(bodies);
            return Task.FromResult(kind == SendResultKind.Delivered ? SendResult.Ok : new SendResult(kind, "no"));
        }

        public void Dispose()
        {
        }
    }

    private sealed class KeptRequests : IRefusedRequests
    {
        public List<byte> Bodies { get; } = [];

        public string Keep(ForwardingEndpoint endpoint, OtlpSignal signal, OtlpExport export, string reason)
        {
            Bodies.AddRange(export.Bodies.Select(body => body.Span[0]));
            return "kept";
        }
    }
}
