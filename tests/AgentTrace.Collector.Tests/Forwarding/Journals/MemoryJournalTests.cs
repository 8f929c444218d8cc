using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Tests.Forwarding.Journals;

public sealed class MemoryJournalTests
{
    [Fact]
    public void Acknowledge_ByAllReaders_GivesTheBytesBackOnceAndMakesRoom()
    {
        using var journal = new MemoryJournal(100);
        IJournalReader fast = journal.OpenReader("fast"), slow = journal.OpenReader("slow");
        var owner = new CountedOwner();
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new byte[80], Owner: owner)));
        Assert.False(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new byte[80])));

        fast.Acknowledge(fast.TryRead(1000)!.End);
        Assert.Equal((0, 0L, 80L), (owner.Disposed, fast.WaitingBytes, slow.WaitingBytes));
        slow.Acknowledge(slow.TryRead(1000)!.End);

        Assert.Equal(1, owner.Disposed);
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new byte[80])));
    }

    [Fact]
    public void TryRead_ManySmallRequests_AreReadTogetherUpToTheSize()
    {
        using var journal = new MemoryJournal(100_000);
        IJournalReader reader = journal.OpenReader("a");
        for (byte i = 0; i < 200; i++)
            Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new[] { i, i })));

        var read = new List<byte>();
        while (reader.TryRead(50) is { } chunk)
        {
            Assert.InRange(chunk.Export.Length, 2, 50);
            read.AddRange(chunk.Export.Bodies.Select(body => body.Span[0]));
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), read);
        Assert.Equal(0, reader.UnreadBytes);
    }

    private sealed class CountedOwner : IDisposable
    {
        public int Disposed { get; private set; }

        public void Dispose() => Disposed++;
    }
}
