using System.Buffers.Binary;
using System.Text;

namespace AgentTrace.Collector.Otlp;

/// <summary>Writes protobuf fields into one growing buffer. Lengths come out canonical: nested messages are moved once when they close.</summary>
internal sealed class ProtobufWriter(int capacity = 1024)
{
    private const int LongestVarint = 10;

    private byte[] _buffer = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>Opens a nested message; hand what this returns to <see cref="EndMessage"/>.</summary>
    public int BeginMessage(int field)
    {
        Tag(field, WireType.Bytes);
        return _length;
    }

    public void EndMessage(int start)
    {
        int size = _length - start;
        Span<byte> prefix = stackalloc byte[LongestVarint];
        int prefixLength = PutVarint(prefix, (ulong)size);
        Reserve(prefixLength);
        _buffer.AsSpan(start, size).CopyTo(_buffer.AsSpan(start + prefixLength));
        prefix[..prefixLength].CopyTo(_buffer.AsSpan(start));
        _length += prefixLength;
    }

    public void Varint(int field, ulong value)
    {
        Tag(field, WireType.Varint);
        RawVarint(value);
    }

    public void Fixed64(int field, ulong value)
    {
        Tag(field, WireType.Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        _length += 8;
    }

    public void Fixed32(int field, uint value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        _length += 4;
    }

    public void Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        RawVarint((ulong)value.Length);
        Raw(value);
    }

    public void String(int field, string value)
    {
        Tag(field, WireType.Bytes);
        int size = Encoding.UTF8.GetByteCount(value);
        RawVarint((ulong)size);
        _length += Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    /// <summary>Copies bytes that are protobuf already.</summary>
    public void Raw(ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        _length += encoded.Length;
    }

    /// <summary>A varint without a tag, for packed fields.</summary>
    public void RawVarint(ulong value) => _length += PutVarint(Reserve(LongestVarint), value);

    /// <summary>Eight bytes without a tag, for packed fields.</summary>
    public void RawFixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        _length += 8;
    }

    private void Tag(int field, WireType type) => RawVarint(((ulong)field << 3) | (uint)type);

    private static int PutVarint(Span<byte> target, ulong value)
    {
        int count = 0;
        for (; value >= 0x80; value >>= 7)
            target[count++] = (byte)(value | 0x80);
        target[count++] = (byte)value;
        return count;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(checked(_length + count), _buffer.Length * 2));
        return _buffer.AsSpan(_length);
    }
}
