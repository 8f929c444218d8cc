using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>One file of a disk journal: a header (magic, random number), then records. Its name is the position of its first byte, in hex.</summary>
internal sealed class JournalSegment(string directory, long start, ulong nonce, long end)
{
    public const string Extension = ".segment";
    public const int HeaderBytes = 16;

    private static ReadOnlySpan<byte> Magic => "ATJRNL1\n"u8;

    /// <summary>Position of the file's first byte in the journal.</summary>
    public long Start => start;

    public ulong Nonce => nonce;

    /// <summary>Position behind the last record.</summary>
    public long End { get; set; } = end;

    public string Path => System.IO.Path.Combine(directory, start.ToString("x16", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Makes an empty segment and opens it for writing.</summary>
    public static (JournalSegment Segment, SafeFileHandle Handle) Create(string directory, long start)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        RandomNumberGenerator.Fill(header[Magic.Length..]);
        var segment = new JournalSegment(directory, start, BinaryPrimitives.ReadUInt64LittleEndian(header[Magic.Length..]), start + HeaderBytes);
        SafeFileHandle handle = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.Write(handle, header, 0);
            return (segment, handle);
        }
        catch
        {
            handle.Dispose();
            File.Delete(segment.Path);
            throw;
        }
    }

    /// <summary>Reads a file that a former process left; null when it is no segment, as one that was torn while it was made.</summary>
    public static JournalSegment? Open(string path)
    {
        if (!long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long start))
            return null;
        using SafeFileHandle handle = File.OpenHandle(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (RandomAccess.Read(handle, header, 0) < HeaderBytes || !header.StartsWith(Magic))
            return null;
        return new JournalSegment(System.IO.Path.GetDirectoryName(path)!, start, BinaryPrimitives.ReadUInt64LittleEndian(header[Magic.Length..]), start + RandomAccess.GetLength(handle));
    }

    /// <summary>Removes the file. It is emptied first: a reader may still hold it, and its blocks would stay taken.</summary>
    public void Delete()
    {
        if (!File.Exists(Path))
            return;
        using (SafeFileHandle handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.SetLength(handle, 0);
        File.Delete(Path);
    }

    /// <summary>Finds the end of the last whole record: a write that was cut off by a crash is no record, and nobody was told it was accepted.</summary>
    public void FindEnd()
    {
        using SafeFileHandle handle = File.OpenHandle(Path);
        long length = RandomAccess.GetLength(handle);
        byte[] header = new byte[JournalRecord.HeaderBytes];
        byte[] body = [];
        long at = HeaderBytes;
        while (RandomAccess.Read(handle, header, at) == header.Length)
        {
            int size = JournalRecord.BodyLength(header);
            if (size < 0 || size > length - at - header.Length)
                break;
            if (body.Length < size)
                body = new byte[size];
            int read = RandomAccess.Read(handle, body.AsSpan(0, size), at + header.Length);
            if (read != size || !JournalRecord.IsIntact(header, body.AsSpan(0, size), nonce, start + at))
                break;
            at += header.Length + size;
        }

        End = start + at;
    }
}
