using System.Net;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Security;

namespace AgentTrace.Collector.Tests.Security;

public sealed class SecurityOptionsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Validate_WiderThanLoopback_NeedsTlsAndKnownCallersOrForce()
    {
        AccessOptions access = new() { IngestTokens = ["ingest-0123456789abcdef"] };

        string bare = Refused(new() { Listening = new() { Address = IPAddress.Any } });
        Assert.Contains("Listening.Address is 0.0.0.0; allowed: a loopback address; another one with TLS (Listening.CertificateFile)", bare, StringComparison.Ordinal);
        Refused(new() { Listening = new() { Address = IPAddress.Any, CertificateFile = _file } });
        Refused(new() { Listening = new() { Address = IPAddress.IPv6Any }, Access = access });
        new CollectorOptions { Listening = new() { Address = IPAddress.Any, CertificateFile = _file }, Access = access }.Validate();
        new CollectorOptions { Listening = new() { Address = IPAddress.Any, CertificateFile = _file, ClientAuthorityFile = _file } }.Validate();
        new CollectorOptions { Listening = new() { Address = IPAddress.Any, AllowInsecure = true } }.Validate();
        new CollectorOptions { Listening = new() { Address = IPAddress.IPv6Loopback } }.Validate();
    }

    [Fact]
    public void Validate_TokenIsWeak_IsNamedButNotShown()
    {
        string message = Refused(new() { Access = new() { QueryTokens = ["good-0123456789abcdef", "hunter2"] } });

        Assert.Contains("Access.QueryTokens[1] is 7 characters long; allowed: 16 to 512 visible ASCII characters", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("([a-z", "Redaction.Patterns[0] is '([a-z'; allowed: a regular expression")]
    [InlineData("(?<=key )x", "without back-references and look-around")]
    [InlineData("x*", "that matches no empty text")]
    public void Validate_PatternIsOff_SaysWhichAndWhatIsAllowed(string pattern, string message) =>
        Assert.Contains(message, Refused(new() { Redaction = new RedactionOptions { Patterns = [pattern] } }), StringComparison.Ordinal);

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("gen_ai.*.messages")]
    public void Validate_AttributeIsOff_SaysWhichAndWhatIsAllowed(string name) =>
        Assert.Contains($"Redaction.Attributes[0] is '{name}'; allowed: an attribute's name", Refused(new() { Redaction = new RedactionOptions { Attributes = [name] } }), StringComparison.Ordinal);

    [Fact]
    public void Create_CertificateFileHoldsNone_SaysWhich()
    {
        var options = new CollectorOptions { HttpPort = 0, GrpcPort = 0, Listening = new() { CertificateFile = _file } };

        var error = Assert.Throws<ArgumentException>(() => CollectorHost.Create(options));

        Assert.Contains($"Listening.CertificateFile is {_file}; allowed: a PEM file with a certificate and its key", error.Message, StringComparison.Ordinal);
    }

    private static string Refused(CollectorOptions options) => Assert.Throws<ArgumentException>(options.Validate).Message;
}
