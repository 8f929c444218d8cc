using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AgentTrace.Collector.Otlp;

/// <summary>Reads protobuf fields in place: no copy, no object. All input is hostile; every length is checked.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, int origin = 0)
{
    private const int MaxGroupDepth = 32;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position = 0;

    /// <summary>Offset of the next byte, counted from the start of the whole request; for error messages.</summary>
    public readonly int Offset => origin + _position;

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadTag(out int field, out WireType type)
    {
        if (_position == _message.Length)
        {
            field = 0;
            type = default;
            return false;
        }

        ulong tag = ReadVarint();
        field = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        if (tag > uint.MaxValue || field == 0 || (int)type > (int)WireType.Fixed32)
            throw NoTag();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        // Most tags and lengths have one byte.
        if ((uint)_position < (uint)_message.Length && _message[_position] is var only and < 0x80)
        {
            _position++;
            return only;
        }

        return ReadLongVarint();
    }

    private ulong ReadLongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position == _message.Length)
                throw Truncated();
            byte next = _message[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new OtlpFormatException($"protobuf: a varint longer than 10 bytes ends at byte {Offset}");
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The bytes of a length-delimited field.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        ulong length = ReadVarint();
        return length <= int.MaxValue ? Take((int)length) : throw Truncated();
    }

    /// <summary>The length-delimited field as a message of its own.</summary>
    public ProtobufReader ReadMessage()
    {
        ReadOnlySpan<byte> bytes = ReadBytes();
        return new ProtobufReader(bytes, Offset - bytes.Length);
    }

    /// <summary>Steps over a field's value.</summary>
    public void Skip(int field, WireType type) => Skip(field, type, 0);

    /// <summary>Fails unless the field has the wire type that the schema gives it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Expect(WireType actual, WireType expected, string field)
    {
        if (actual != expected)
            throw Unexpected(actual, expected, field);
    }

    private void Skip(int field, WireType type, int depth)
    {
        switch (type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            case WireType.StartGroup when depth < MaxGroupDepth:
                SkipGroup(field, depth);
                break;
            default:
                throw new OtlpFormatException($"protobuf: a group that never began or is nested too deep, at byte {Offset}");
        }
    }

    private void SkipGroup(int group, int depth)
    {
        while (TryReadTag(out int field, out WireType type))
        {
            if (type != WireType.EndGroup)
                Skip(field, type, depth + 1);
            else if (field == group)
                return;
            else
                break;
        }

        throw new OtlpFormatException($"protobuf: group {group} is not closed at byte {Offset}");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _message.Length - _position)
            throw Truncated();
        ReadOnlySpan<byte> bytes = _message.Slice(_position, length);
        _position += length;
        return bytes;
    }

    private readonly OtlpFormatException NoTag() => new($"protobuf: no valid field tag before byte {Offset}");

    private readonly OtlpFormatException Unexpected(WireType actual, WireType expected, string field) =>
        new($"protobuf: {field} has wire type {actual}, not {expected}, before byte {Offset}");

    private readonly OtlpFormatException Truncated() =>
        new($"protobuf: truncated, a value that begins before byte {Offset} runs past the end of its message at byte {origin + _message.Length}");
}
