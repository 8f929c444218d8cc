using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>Makes mutated requests: the same for the same seed. Part of them are whole requests with spans of bad ids, the others have damaged bytes.</summary>
public sealed class RequestMutator
{
    private const int MostBytes = 64 * 1024;

    /// <summary>Requests with this and that bad id, made once: writing them costs more than the receiver does.</summary>
    private const int PoolSize = 512;

    private readonly Random _random;
    private readonly (ExportRequest Request, byte[] Protobuf, byte[] Json)[] _pool;
    private int _next;

    /// <param name="seed">The same seed makes the same requests.</param>
    public RequestMutator(int seed)
    {
        _random = new Random(seed);
        ExportRequest[] corpus = RequestCorpus.Create(new Random(seed));
        _pool = [.. Enumerable.Range(0, PoolSize).Select(_ =>
        {
            ExportRequest request = corpus[_random.Next(corpus.Length)].Clone();
            SpoilIds(request);
            return (request, request.ToByteArray(), OtlpJsonText.Of(request));
        })];
    }

    public FuzzRequest Next()
    {
        (ExportRequest request, byte[] protobuf, byte[] jsonText) = _pool[_random.Next(_pool.Length)];
        bool json = _random.Next(2) == 0;
        byte[] body = [.. json ? jsonText : protobuf];
        if (_random.Next(4) == 0)
            return new FuzzRequest(_next++, body, json, request);
        for (int i = _random.Next(1, 5); i > 0; i--)
            body = Damage(body, json);
        return new FuzzRequest(_next++, body.Length <= MostBytes ? body : body[..MostBytes], json, null);
    }

    private void SpoilIds(ExportRequest request)
    {
        foreach (Span span in request.ResourceSpans.SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans))
        {
            switch (_random.Next(24))
            {
                case 0:
                    span.TraceId = ByteString.CopyFrom(new byte[16]);
                    break;
                case 1:
                    span.SpanId = ByteString.CopyFrom(new byte[_random.Next(20)]);
                    break;
                case 2:
                    span.ParentSpanId = ByteString.CopyFrom(Bytes(_random.Next(1, 20)));
                    break;
                case 3:
                    span.TraceId = ByteString.CopyFrom(Bytes(_random.Next(40)));
                    break;
                default:
                    break;
            }
        }
    }

    private byte[] Damage(byte[] body, bool json)
    {
        if (body.Length == 0)
            return Bytes(_random.Next(64));
        int at = _random.Next(body.Length), length = Math.Min(_random.Next(1, 33), body.Length - at);
        switch (_random.Next(json ? 9 : 8))
        {
            case 0:
                body[at] ^= (byte)(1 << _random.Next(8));
                return body;
            case 1:
                body[at] = (byte)_random.Next(256);
                return body;
            case 2:
                return [.. body[..at], .. body[(at + length)..]];
            case 3:
                return [.. body[..at], .. body[at..(at + length)], .. body[at..]];
            case 4:
                return [.. body[..at], .. Bytes(length), .. body[at..]];
            case 5:
                return body[..at];
            case 6:
                // A length far beyond the end, or one that never ends.
                return [.. body[..at], .. Enumerable.Repeat((byte)0xFF, _random.Next(1, 12)), .. body[at..]];
            case 7:
                int from = _random.Next(body.Length);
                return [.. body[..at], .. body[from..Math.Min(body.Length, from + _random.Next(1, 512))], .. body[at..]];
            default:
                return [.. body[..at], .. Token(), .. body[at..]];
        }
    }

    private byte[] Token()
    {
        string[] tokens = ["{", "[", "}", "]", "\"", ",", ":", "null", "true", "-", "1e999", "\\ud800", "\\u0000", "18446744073709551616", "\"traceId\":1,", "/*", "\uFEFF"];
        return System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(tokens[_random.Next(tokens.Length)], _random.Next(10) == 0 ? 200 : 1)));
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
