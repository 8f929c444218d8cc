using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AgentTrace.Collector.Security;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Security;

public sealed class TransportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-tls-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tls_WithClientAuthority_LetsItsClientsInAndNobodyElse()
    {
        using X509Certificate2 authority = Certificate("CN=authority", null), server = Certificate("CN=localhost", authority), client = Certificate("CN=client", authority), stranger = Certificate("CN=stranger", null);
        await using CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            Listening = new ListeningOptions { CertificateFile = Pem("server.pem", server, withKey: true), ClientAuthorityFile = Pem("ca.pem", authority, withKey: false) },
        });
        await host.StartAsync(Cancel);
        Assert.Equal("https", host.HttpAddress.Scheme);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, client));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(host, stranger));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(host, null));
    }

    [Fact]
    public async Task SlowCaller_HeadersThatNeverEnd_AreCutOff()
    {
        await using CollectorHost host = await StartSlowAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.HttpAddress.Host, host.HttpAddress.Port, Cancel);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /v1/runs HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), Cancel);

        using var reader = new StreamReader(stream);
        Assert.Contains("408", await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/outcomes", "application/json")]
    [InlineData("/v1/traces", "application/x-protobuf")]
    public async Task SlowCaller_BodyThatNeverEnds_IsCutOffWhileOthersAreServed(string path, string type)
    {
        await using CollectorHost host = await StartSlowAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.HttpAddress.Host, host.HttpAddress.Port, Cancel);
        NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: 1000\r\n\r\n{{"), Cancel);

        using var api = new ApiClient(host.HttpAddress);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v1/runs")).Status);
        using var reader = new StreamReader(stream);
        string answer = await reader.ReadToEndAsync(Cancel);
        Assert.DoesNotContain("200 OK", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestsPerMinute_OverTheBound_Is429AndSaysWhenToComeBack_AndSpansComeInAllTheSame()
    {
        await using CollectorHost host = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Limits = new RequestLimits { RequestsPerMinute = 2 } });
        await host.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = host.HttpAddress };

        // The minute may turn once in between.
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => http.GetAsync("/v1/runs", Cancel)));

        HttpResponseMessage refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel)).Status);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static async Task<CollectorHost> StartSlowAsync()
    {
        CollectorHost host = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Limits = new RequestLimits { SlowCaller = TimeSpan.FromSeconds(2) } });
        await host.StartAsync(Cancel);
        return host;
    }

    private static async Task<HttpStatusCode> GetAsync(CollectorHost host, X509Certificate2? client)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
                ClientCertificates = client is null ? null : [client],
            },
        };
        using var http = new HttpClient(handler);
        using HttpResponseMessage response = await http.GetAsync(new Uri($"https://localhost:{host.HttpAddress.Port}/v1/runs"), Cancel);
        return response.StatusCode;
    }

    private string Pem(string name, X509Certificate2 certificate, bool withKey)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + (withKey ? certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() : ""));
        return path;
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        if (issuer is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1), to = from.AddDays(10);
        using X509Certificate2 made = issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from.AddHours(1), to.AddHours(-1), [1, 2, 3]).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
