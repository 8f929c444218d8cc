using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Where spans are passed on to.</summary>
/// <param name="Address">Scheme, host and port; for OTLP/HTTP the base path too, to which each signal's own (<c>/v1/traces</c>) is added.</param>
/// <param name="IsGrpc">True for OTLP/gRPC, false for OTLP/HTTP.</param>
public sealed record ForwardingEndpoint(Uri Address, bool IsGrpc)
{
    private const int DefaultGrpcPort = 4317;

    /// <summary>Headers that go with every request, for example <c>authorization</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True to compress requests with gzip.</summary>
    public bool Gzip { get; init; }

    /// <summary>A PEM file with the only certificate authorities to trust for this endpoint; null for the machine's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>A PEM file with the certificate to show to the endpoint and its private key; null for none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>
    /// Reads <c>http(s)://host:4318[/base]</c> (OTLP/HTTP) or <c>grpc(s)://host:4317</c> (OTLP/gRPC). Settings of the endpoint may follow a <c>#</c>:
    /// <c>https://host#gzip&amp;header.authorization=env:TOKEN&amp;ca=/etc/ca.pem&amp;cert=/etc/client.pem</c>; they are percent-encoded, and <c>env:NAME</c>
    /// stands for an environment variable, which keeps a secret out of the list of processes.
    /// </summary>
    /// <exception cref="FormatException">The text is neither; the message says what is allowed.</exception>
    public static ForwardingEndpoint Parse(string text) => Parse(text, Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="Parse(string)"/>
    internal static ForwardingEndpoint Parse(string text, Func<string, string?> environment)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Scheme is not ("http" or "https" or "grpc" or "grpcs"))
            throw new FormatException($"'{text.Split('#')[0]}' is no OTLP endpoint: use http://host:4318 or https://... for OTLP/HTTP, grpc://host:4317 or grpcs://... for OTLP/gRPC.");

        bool grpc = uri.Scheme.StartsWith("grpc", StringComparison.Ordinal);
        if (grpc && uri.Port < 0)
            uri = new UriBuilder(uri) { Port = DefaultGrpcPort }.Uri;
        var address = new UriBuilder(uri) { Scheme = uri.Scheme is "https" or "grpcs" ? "https" : "http", Fragment = "" };
        if (grpc)
            address.Path = "";
        else if (address.Path.EndsWith(OtlpSignal.Traces.HttpPath, StringComparison.Ordinal))
            address.Path = address.Path[..^OtlpSignal.Traces.HttpPath.Length];
        return ForwardingEndpointSettings.Apply(new ForwardingEndpoint(address.Uri, grpc), uri.Fragment, environment);
    }

    /// <summary>Where the signal's requests go.</summary>
    internal Uri AddressOf(OtlpSignal signal) => IsGrpc
        ? new Uri(Address, signal.GrpcPath)
        : new UriBuilder(Address) { Path = Address.AbsolutePath.TrimEnd('/') + signal.HttpPath }.Uri;

    /// <summary>Where its traces go: for OTLP/HTTP with the signal's path.</summary>
    public Uri TracesAddress => AddressOf(OtlpSignal.Traces);

    /// <summary>The endpoint as a person would write it; no headers, they may be secret.</summary>
    public override string ToString() => $"{(IsGrpc ? "OTLP/gRPC" : "OTLP/HTTP")} {Address}";
}
