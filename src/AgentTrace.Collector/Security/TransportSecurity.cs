using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AgentTrace.Collector.Security;

/// <summary>TLS of the collector's own ports.</summary>
internal static class TransportSecurity
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>Reads the files.</summary>
    /// <returns>What to do with each port; null for plain HTTP.</returns>
    /// <exception cref="ArgumentException">A file is not what it should be; the message names the key, the file and what is allowed.</exception>
    public static Action<ListenOptions>? Read(ListeningOptions options)
    {
        if (options.CertificateFile is not { } file)
            return null;
        X509Certificate2 certificate = Load(nameof(options.CertificateFile), file, "a PEM file with a certificate and its key", () =>
        {
            // Through PKCS #12: not every system can use a key that was only read.
            using X509Certificate2 read = X509Certificate2.CreateFromPemFile(file, options.KeyFile);
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        });
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        X509Certificate2Collection? authorities = options.ClientAuthorityFile is not { } clients ? null : Load(nameof(options.ClientAuthorityFile), clients, "a PEM file with certificates", () =>
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPemFile(clients);
            return read.Count > 0 ? read : throw new CryptographicException("there is no certificate in it");
        });
        return listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = chain;
            if (authorities is null)
                return;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (client, _, _) => IsTrusted(client, authorities);
        });
    }

    private static bool IsTrusted(X509Certificate2 client, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(client);
    }

    private static T Load<T>(string key, string file, string allowed, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ArgumentException($"Listening.{key} is {file}; allowed: {allowed} ({e.Message})", key, e);
        }
    }
}
