using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Makes the HTTP client of one endpoint: its TLS and its connections, without what an app's client does beside that (logs, redirects, traces of its own).</summary>
internal static class EndpointConnection
{
    public static HttpMessageInvoker Create(ForwardingEndpoint endpoint, int connections)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = connections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),   // a backend that moved is found again
            UseCookies = false,
            UseProxy = true,
        };
        if (endpoint.CertificateAuthorityFile is { } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (endpoint.ClientCertificateFile is { } certificate)
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate), null);
        return new HttpMessageInvoker(handler);
    }
}
