using System.Net;

namespace AgentTrace.Collector.Security;

/// <summary>Where a collector listens, and how callers and it know each other.</summary>
public sealed class ListeningOptions
{
    /// <summary>The address of both ports. Anything but loopback needs TLS, and tokens or client certificates, or <see cref="AllowInsecure"/>.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Whether the collector may be open to others without TLS or without knowing them: something before it does both.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>PEM file of the certificate, with those between it and its authority; null for plain HTTP.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the certificate's key; null where it stands in the same file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file of the authorities whose client certificates are let in; null where callers need none.</summary>
    public string? ClientAuthorityFile { get; init; }

    /// <summary>
    /// Names by which the collector may be asked on this machine besides <c>localhost</c> and loopback addresses, where there are no tokens: those of
    /// a proxy in front. Any other name is refused, or a foreign page could have its own name lead here and read runs.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    internal void Validate(Action<bool, string, object, string> require, AccessOptions access)
    {
        require(KeyFile is null || CertificateFile is not null, Key(nameof(KeyFile)), KeyFile ?? "", $"only with {Key(nameof(CertificateFile))}");
        require(ClientAuthorityFile is null || CertificateFile is not null, Key(nameof(ClientAuthorityFile)), ClientAuthorityFile ?? "", $"only with {Key(nameof(CertificateFile))}");
        foreach ((string key, string? file) in ((string, string?)[])[(nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile), (nameof(ClientAuthorityFile), ClientAuthorityFile)])
            require(file is null || File.Exists(file), Key(key), file ?? "", "a PEM file that is there");
        bool known = access.IsOn || ClientAuthorityFile is not null;
        require(IPAddress.IsLoopback(Address) || AllowInsecure || (CertificateFile is not null && known), Key(nameof(Address)), Address,
            $"a loopback address; another one with TLS ({Key(nameof(CertificateFile))}) and with tokens or client certificates{(known ? "" : ", of which there are none")}; or {Key(nameof(AllowInsecure))}");
    }

    private static string Key(string name) => $"Listening.{name}";
}
