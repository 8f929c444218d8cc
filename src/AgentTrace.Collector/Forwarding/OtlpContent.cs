using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>The body of one request: a gRPC prefix where there is one, then the export requests, written from where they lie.</summary>
internal sealed class OtlpContent : HttpContent
{
    private readonly OtlpExport _export;
    private readonly byte[]? _prefix;
    private readonly RequestBuffer? _compressed;
    private readonly int _length;

    public OtlpContent(OtlpExport export, bool grpc, bool gzip)
    {
        _export = export;
        _compressed = gzip ? Compress(export) : null;
        _length = _compressed?.Length ?? export.Length;
        if (!grpc)
            return;
        _prefix = new byte[OtlpGrpcReceiver.PrefixBytes];
        _prefix[0] = gzip ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(_prefix.AsSpan(1), (uint)_length);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_prefix is not null)
            await stream.WriteAsync(_prefix, cancellationToken).ConfigureAwait(false);
        if (_compressed is not null)
        {
            await stream.WriteAsync(_compressed.Written, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (int i = 0; i < _export.Bodies.Count; i++)
            await stream.WriteAsync(_export.Bodies[i], cancellationToken).ConfigureAwait(false);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _length + (_prefix?.Length ?? 0);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _compressed?.Dispose();
        base.Dispose(disposing);
    }

    private static RequestBuffer Compress(OtlpExport export)
    {
        var target = new RequestBuffer((export.Length / 4) + 256);
        using var stream = new RequestBufferStream(target);
        using var gzip = new GZipStream(stream, CompressionLevel.Fastest);
        foreach (ReadOnlyMemory<byte> body in export.Bodies)
            gzip.Write(body.Span);
        return target;
    }
}
