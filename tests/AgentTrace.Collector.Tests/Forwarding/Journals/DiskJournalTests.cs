using System.Text;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentTrace.Collector.Tests.Forwarding.Journals;

public sealed class DiskJournalTests : IDisposable
{
    private const int MiB = 1024 * 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-journal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Reopen_NothingWasAcknowledged_GivesAllInOrder()
    {
        using (DiskJournal journal = Open())
        {
            journal.OpenReader("a");
            Append(journal, "one", "two", "three");
        }

        using DiskJournal again = Open();
        Assert.Equal(["one", "two", "three"], ReadAll(again.OpenReader("a")));
    }

    [Fact]
    public void Reopen_APartWasAcknowledged_GivesTheRest()
    {
        using (DiskJournal journal = Open())
        {
            IJournalReader reader = journal.OpenReader("a");
            Append(journal, "one", "two", "three");
            using JournalChunk first = reader.TryRead(1)!;
            reader.Acknowledge(first.End);
        }

        using DiskJournal again = Open();
        Assert.Equal(["two", "three"], ReadAll(again.OpenReader("a")));
    }

    [Fact]
    public void Reopen_LastWriteWasTornAnywhere_GivesAllBeforeItAndGoesOn()
    {
        using (DiskJournal journal = Open())
            Append(journal, "whole", "torn");
        string segment = Assert.Single(Directory.GetFiles(_folder.FullName, "*.segment"));
        byte[] bytes = File.ReadAllBytes(segment);
        int torn = JournalRecord.HeaderBytes + "torn".Length;
        for (int cut = 1; cut <= torn; cut++)
        {
            foreach (string path in Directory.GetFiles(_folder.FullName))
                File.Delete(path);
            File.WriteAllBytes(segment, bytes[..^cut]);
            using DiskJournal again = Open();
            IJournalReader reader = again.OpenReader("a");
            Append(again, "next");
            Assert.Equal(["whole", "next"], ReadAll(reader));
        }
    }

    [Fact]
    public void Reopen_ALastRecordIsDamaged_IsNotGivenOut()
    {
        using (DiskJournal journal = Open())
            Append(journal, "whole", "damaged");
        string segment = Assert.Single(Directory.GetFiles(_folder.FullName, "*.segment"));
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[^1] ^= 1;
        File.WriteAllBytes(segment, bytes);

        using DiskJournal again = Open();
        Assert.Equal(["whole"], ReadAll(again.OpenReader("a")));
    }

    [Fact]
    public void Append_ABodyThatLooksLikeARecord_IsOneBodyAfterATornWrite()
    {
        // A sender that knows the format puts a whole record into its request, where a torn write could lay it bare.
        byte[] forged = new byte[JournalRecord.HeaderBytes + 6];
        JournalRecord.WriteHeader(forged, "forged"u8, isJson: false, nonce: 0, position: 0);
        "forged"u8.CopyTo(forged.AsSpan(JournalRecord.HeaderBytes));
        using (DiskJournal journal = Open())
            Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, forged)));
        string segment = Assert.Single(Directory.GetFiles(_folder.FullName, "*.segment"));
        byte[] bytes = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, [.. bytes[..JournalSegment.HeaderBytes], .. forged]);

        using DiskJournal again = Open();
        Assert.Empty(ReadAll(again.OpenReader("a")));
    }

    [Fact]
    public void TryAppend_OneReaderIsBehind_IsBoundedAndGoesOnWhenItHasCaughtUp()
    {
        using DiskJournal journal = Open(maxBytes: MiB);
        IJournalReader fast = journal.OpenReader("fast"), slow = journal.OpenReader("slow");
        byte[] body = new byte[64 * 1024];
        int taken = 0;
        while (journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, body)))
            taken++;
        Drain(fast);
        Assert.False(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, body)));
        long onDisk = Directory.GetFiles(_folder.FullName, "*.segment").Sum(path => new FileInfo(path).Length);
        Assert.InRange(onDisk, 1, MiB);

        Assert.Equal(taken, Drain(slow));
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, body)));
        Assert.Equal(1, Drain(fast));
    }

    [Fact]
    public void TryAppend_LargerThanTheBound_IsTakenByAnEmptyJournal()
    {
        using DiskJournal journal = Open(maxBytes: MiB);
        IJournalReader reader = journal.OpenReader("a");
        Append(journal, "small");
        var large = new OtlpBatch(OtlpSignal.Traces, new byte[2 * MiB]);

        Assert.False(journal.TryAppend(large));
        Assert.Equal(1, Drain(reader));
        Assert.True(journal.TryAppend(large));
        Assert.Equal(1, Drain(reader));
    }

    [Fact]
    public void Acknowledge_ByAllReaders_RemovesTheFiles()
    {
        using DiskJournal journal = Open(maxBytes: 4 * MiB);
        IJournalReader reader = journal.OpenReader("a");
        for (int i = 0; i < 20; i++)
        {
            Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, new byte[100 * 1024])));
            Drain(reader);
        }

        Assert.InRange(Directory.GetFiles(_folder.FullName, "*.segment").Length, 1, 2);
    }

    [Fact]
    public void OpenReader_EndpointIsNew_StartsWhereTheSlowestStoodAndTheOthersAreForgotten()
    {
        using (DiskJournal journal = Open())
        {
            IJournalReader moved = journal.OpenReader("moved"), stays = journal.OpenReader("stays");
            Append(journal, "one", "two");
            Drain(stays);
            using JournalChunk first = moved.TryRead(1)!;
            moved.Acknowledge(first.End);
        }

        using DiskJournal again = Open();
        IJournalReader arrived = again.OpenReader("new"), same = again.OpenReader("stays");
        again.ForgetOthers();
        Assert.Equal(["two"], ReadAll(arrived));
        Assert.Empty(ReadAll(same));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "moved.acknowledged")));
    }

    [Fact]
    public void TryRead_JsonBetweenProtobuf_ComesAlone()
    {
        using DiskJournal journal = Open();
        IJournalReader reader = journal.OpenReader("a");
        Append(journal, "p1", "p2");
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, "{}"u8.ToArray(), IsJson: true)));
        Append(journal, "p3");

        Assert.Equal([(2, false), (1, true), (1, false)], Chunks(reader));
    }

    [Fact]
    public void Open_AnotherCollectorHasTheFolder_IsRefused()
    {
        using DiskJournal journal = Open();

        var error = Assert.Throws<IOException>(Open);

        Assert.Contains("another collector's", error.Message, StringComparison.Ordinal);
    }

    private DiskJournal Open() => Open(64 * MiB);

    private DiskJournal Open(long maxBytes) => new(_folder.FullName, maxBytes, flush: false, NullLogger.Instance);

    private static void Append(DiskJournal journal, params string[] bodies)
    {
        foreach (string body in bodies)
            Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, Encoding.ASCII.GetBytes(body))));
    }

    private static List<string> ReadAll(IJournalReader reader)
    {
        var bodies = new List<string>();
        while (reader.TryRead(MiB) is { } chunk)
            using (chunk)
                foreach (ReadOnlyMemory<byte> body in chunk.Export.Bodies)
                    bodies.Add(Encoding.ASCII.GetString(body.Span));
        return bodies;
    }

    private static List<(int Count, bool IsJson)> Chunks(IJournalReader reader)
    {
        var chunks = new List<(int, bool)>();
        while (reader.TryRead(MiB) is { } chunk)
            using (chunk)
                chunks.Add((chunk.Export.Bodies.Count, chunk.Export.IsJson));
        return chunks;
    }

    private static int Drain(IJournalReader reader)
    {
        int count = 0;
        while (reader.TryRead(MiB) is { } chunk)
            using (chunk)
            {
                count += chunk.Export.Bodies.Count;
                reader.Acknowledge(chunk.End);
            }

        return count;
    }
}
