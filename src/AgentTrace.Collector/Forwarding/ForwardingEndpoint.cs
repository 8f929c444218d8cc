namespace AgentTrace.Collector.Forwarding;

/// <summary>Where spans are passed on to.</summary>
/// <param name="Address">Scheme, host and port; for OTLP/HTTP the path too.</param>
/// <param name="IsGrpc">True for OTLP/gRPC, false for OTLP/HTTP.</param>
public sealed record ForwardingEndpoint(Uri Address, bool IsGrpc)
{
    /// <summary>
    /// Reads <c>http(s)://host:4318</c> (OTLP/HTTP; <c>/v1/traces</c> is added where no path is given) or <c>grpc(s)://host:4317</c> (OTLP/gRPC).
    /// </summary>
    /// <exception cref="FormatException">The text is neither; the message says what is allowed.</exception>
    public static ForwardingEndpoint Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Scheme is not ("http" or "https" or "grpc" or "grpcs"))
            throw new FormatException($"'{text}' is no OTLP endpoint: use http://host:4318 or https://... for OTLP/HTTP, grpc://host:4317 or grpcs://... for OTLP/gRPC.");

        bool grpc = uri.Scheme.StartsWith("grpc", StringComparison.Ordinal);
        if (grpc && uri.Port < 0)
            uri = new UriBuilder(uri) { Port = 4317 }.Uri;
        var address = new UriBuilder(uri) { Scheme = uri.Scheme is "https" or "grpcs" ? "https" : "http" };
        if (grpc)
            address.Path = Otlp.OtlpGrpcReceiver.ExportPath;
        else if (address.Path is "" or "/")
            address.Path = "/v1/traces";
        return new ForwardingEndpoint(address.Uri, grpc);
    }

    /// <summary>The endpoint as a person would write it.</summary>
    public override string ToString() => $"{(IsGrpc ? "OTLP/gRPC" : "OTLP/HTTP")} {Address}";
}
