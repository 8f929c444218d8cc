using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Redaction;

/// <summary>Takes out of a request what the rules name. What no rule matches comes out byte for byte, unknown fields too.</summary>
internal sealed class Redactor
{
    /// <summary>Stands where something was taken out.</summary>
    public const string Mark = "[redacted]";

    private const int MaxDepth = 64;

    private readonly FrozenSet<string> _names;
    private readonly string[] _prefixes;
    private readonly Regex[] _patterns;

    /// <param name="options">Validated rules.</param>
    public Redactor(RedactionOptions options)
    {
        _names = options.Attributes.Where(name => !name.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal);
        _prefixes = [.. options.Attributes.Where(name => name.EndsWith('*')).Select(name => name[..^1])];
        _patterns = [.. options.Patterns.Select(pattern => new Regex(pattern, RedactionOptions.PatternOptions))];
        IsOn = options.IsOn;
        Forwarded = options.Forwarded;
    }

    public bool IsOn { get; }

    /// <summary>Whether spans are passed on redacted too.</summary>
    public bool Forwarded { get; }

    /// <summary>The export request without what the rules name; the same memory where they name nothing in it.</summary>
    /// <exception cref="OtlpFormatException">It cannot be read to its last value, so that nobody knows what is in it.</exception>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> request)
    {
        var writer = new ProtobufWriter(request.Length + 64);
        return Copy(request.Span, OtlpJsonSchema.Request, writer, 0) ? writer.ToArray() : request;
    }

    /// <summary>The text without what the patterns match; the same object where they match nothing.</summary>
    public string Text(string text)
    {
        foreach (Regex pattern in _patterns)
            text = pattern.Replace(text, Mark);
        return text;
    }

    /// <summary>Writes a message; true where something was taken out of it.</summary>
    private bool Copy(ReadOnlySpan<byte> message, OtlpJsonMessage schema, ProtobufWriter writer, int depth)
    {
        if (depth > MaxDepth)
            throw new OtlpFormatException($"protobuf: a value is nested deeper than {MaxDepth} messages, too deep to be redacted");
        if (ReferenceEquals(schema, OtlpJsonSchema.KeyValue) && IsNamed(message))
        {
            WriteMarked(message, writer);
            return true;
        }

        bool changed = false;
        var reader = new ProtobufReader(message);
        for (int start = 0; reader.TryReadTag(out int number, out WireType type); start = reader.Offset)
        {
            OtlpJsonField? field = type == WireType.Bytes ? schema.Find(number)?.Field : null;
            if (field is { Kind: OtlpJsonKind.Text } && !ReferenceEquals(schema, OtlpJsonSchema.KeyValue))
            {
                ReadOnlySpan<byte> bytes = reader.ReadBytes();
                string text = _patterns.Length == 0 ? "" : Encoding.UTF8.GetString(bytes);
                string redacted = Text(text);
                if (ReferenceEquals(text, redacted))
                {
                    writer.Raw(message[start..reader.Offset]);
                    continue;
                }

                writer.String(number, redacted);
                changed = true;
            }
            else if (field is { Kind: OtlpJsonKind.Message or OtlpJsonKind.Repeated })
            {
                int open = writer.BeginMessage(number);
                changed |= Copy(reader.ReadBytes(), field.Message!(), writer, depth + 1);
                writer.EndMessage(open);
            }
            else
            {
                reader.Skip(number, type);
                writer.Raw(message[start..reader.Offset]);
            }
        }

        return changed;
    }

    private bool IsNamed(ReadOnlySpan<byte> keyValue)
    {
        var reader = new ProtobufReader(keyValue);
        bool isNamed = false;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.KeyValue.Key && type == WireType.Bytes)
                isNamed = IsNamed(Encoding.UTF8.GetString(reader.ReadBytes()));
            else
                reader.Skip(field, type);
        }

        return isNamed;
    }

    private bool IsNamed(string key) => _names.Contains(key) || Array.Exists(_prefixes, prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The key as it is, and in place of the value the mark.</summary>
    private static void WriteMarked(ReadOnlySpan<byte> keyValue, ProtobufWriter writer)
    {
        var reader = new ProtobufReader(keyValue);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.KeyValue.Key && type == WireType.Bytes)
                writer.Bytes(field, reader.ReadBytes());
            else
                reader.Skip(field, type);
        }

        int value = writer.BeginMessage(OtlpFields.KeyValue.Value);
        writer.String(OtlpFields.AnyValue.String, Mark);
        writer.EndMessage(value);
    }
}
