using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>The file that holds how far one endpoint has come: two slots of position and checksum, written in turn, so that one is always whole.</summary>
internal sealed class AcknowledgedPosition : IDisposable
{
    public const string Extension = ".acknowledged";

    private const int SlotBytes = 16;

    private readonly SafeFileHandle _file;
    private bool _second;

    private AcknowledgedPosition(SafeFileHandle file) => _file = file;

    /// <summary>What the file says, or null when there is none that can be read.</summary>
    public static long? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        byte[] slots = File.ReadAllBytes(path);
        long? found = null;
        for (int at = 0; at + SlotBytes <= slots.Length; at += SlotBytes)
        {
            long position = BinaryPrimitives.ReadInt64LittleEndian(slots.AsSpan(at));
            if (BinaryPrimitives.ReadUInt64LittleEndian(slots.AsSpan(at + sizeof(long))) == Checksum(position) && !(found > position))
                found = position;
        }

        return found;
    }

    /// <summary>Opens the file; made when it is not there.</summary>
    public static AcknowledgedPosition Open(string path) => new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read));

    public void Write(long position)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        BinaryPrimitives.WriteInt64LittleEndian(slot, position);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[sizeof(long)..], Checksum(position));
        RandomAccess.Write(_file, slot, _second ? SlotBytes : 0);
        _second = !_second;
    }

    public void Dispose() => _file.Dispose();

    private static ulong Checksum(long position) => BitOperations.Crc32C(0xA7_7A, (ulong)position) | (1ul << 63);
}
