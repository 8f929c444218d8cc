using System.Buffers.Text;
using System.IO.Hashing;
using System.Text;
using AgentTrace.Collector.Otlp;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Storage;

/// <summary>Notes in a block what a search may ask for: kinds of spans, times, errors, and a token for each name and attribute.</summary>
internal sealed class SpanIndexer
{
    private const int MostNames = 16 * 1024;

    // The same few names come with nearly every span: their text is made once.
    private readonly Dictionary<ulong, string> _names = [];

    public void Note(ReadOnlySpan<byte> tracesData, SpanBlockBuilder block)
    {
        var visitor = new Visitor(this, block);
        OtlpTraceScanner.Scan(tracesData, ref visitor);
    }

    private string Text(ReadOnlySpan<byte> utf8)
    {
        ulong hash = XxHash3.HashToUInt64(utf8);
        if (_names.TryGetValue(hash, out string? text))
            return text;
        if (_names.Count >= MostNames)
            _names.Clear();
        return _names[hash] = Encoding.UTF8.GetString(utf8);
    }

    private ref struct Visitor(SpanIndexer indexer, SpanBlockBuilder block) : ISpanVisitor
    {
        private ReadOnlySpan<byte> _resource;
        private string? _service;

        public void Visit(scoped in SpanHeader span)
        {
            if (_service is null || _resource != span.Resource)
            {
                _resource = span.Resource;
                ReadOnlySpan<byte> service = default;
                TokensOf(new ProtobufReader(_resource), OtlpFields.Resource.Attributes, ref service);
                _service = indexer.Text(service);
            }

            ReadOnlySpan<byte> none = default;
            (int kind, bool isError) = TokensOf(new ProtobufReader(span.Message), OtlpFields.Span.Attributes, ref none, isSpan: true);
            block.Token(SearchTokens.SpanName(span.Name));
            block.Note(new ServiceOperation(_service, indexer.Text(span.Name), kind), span.StartTimeUnixNano, span.EndTimeUnixNano, isError);
        }

        private readonly (int Kind, bool IsError) TokensOf(ProtobufReader reader, int attributes, ref ReadOnlySpan<byte> service, bool isSpan = false)
        {
            (int kind, bool isError) = (0, false);
            while (reader.TryReadTag(out int field, out WireType type))
            {
                if (field == attributes && type == WireType.Bytes)
                    Attribute(reader.ReadMessage(), ref service);
                else if (isSpan && field == OtlpFields.Span.Kind && type == WireType.Varint)
                    kind = (int)Math.Min(reader.ReadVarint(), 5);
                else if (isSpan && field == OtlpFields.Span.Status && type == WireType.Bytes)
                    isError = IsError(reader.ReadMessage());
                else
                    reader.Skip(field, type);
            }

            return (kind, isError);
        }

        private readonly void Attribute(ProtobufReader reader, ref ReadOnlySpan<byte> service)
        {
            ReadOnlySpan<byte> key = default, value = default;
            while (reader.TryReadTag(out int field, out WireType type))
            {
                if (field == OtlpFields.KeyValue.Key && type == WireType.Bytes)
                    key = reader.ReadBytes();
                else if (field == OtlpFields.KeyValue.Value && type == WireType.Bytes)
                    value = reader.ReadBytes();
                else
                    reader.Skip(field, type);
            }

            block.Token(BlockFilter.Token(key));
            Span<byte> number = stackalloc byte[32];
            ReadOnlySpan<byte> text = Scalar(new ProtobufReader(value), number, out bool isScalar);
            if (isScalar && text.Length <= BlockFilter.LongestValue)
                block.Token(BlockFilter.Token(key, text));
            if (key.SequenceEqual("service.name"u8))
                service = text.ToArray();
        }

        /// <summary>The value as <see cref="SearchTokens.Text"/> writes it.</summary>
        private static ReadOnlySpan<byte> Scalar(ProtobufReader reader, Span<byte> number, out bool isScalar)
        {
            ReadOnlySpan<byte> text = default;
            isScalar = false;
            while (reader.TryReadTag(out int field, out WireType type))
            {
                switch (field, type)
                {
                    case (OtlpFields.AnyValue.String, WireType.Bytes):
                        text = reader.ReadBytes();
                        isScalar = true;
                        break;
                    case (OtlpFields.AnyValue.Bool, WireType.Varint):
                        text = reader.ReadVarint() != 0 ? "true"u8 : "false"u8;
                        isScalar = true;
                        break;
                    case (OtlpFields.AnyValue.Int, WireType.Varint):
                        Utf8Formatter.TryFormat((long)reader.ReadVarint(), number, out int digits);
                        text = number[..digits];
                        isScalar = true;
                        break;
                    case (OtlpFields.AnyValue.Double, WireType.Fixed64):
                        text = Encoding.UTF8.GetBytes(SearchTokens.Text(BitConverter.UInt64BitsToDouble(reader.ReadFixed64()))!);
                        isScalar = true;
                        break;
                    default:
                        reader.Skip(field, type);
                        break;
                }
            }

            return text;
        }

        private static bool IsError(ProtobufReader reader)
        {
            bool isError = false;
            while (reader.TryReadTag(out int field, out WireType type))
            {
                if (field == OtlpFields.Status.Code && type == WireType.Varint)
                    isError = reader.ReadVarint() == 2;
                else
                    reader.Skip(field, type);
            }

            return isError;
        }
    }
}
