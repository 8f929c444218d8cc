namespace AgentTrace.Tests.Content;

public sealed class SecretRedactorTests
{
    [Theory]
    [InlineData("Authorization: Bearer abc.def-123", "Authorization: Bearer [redacted]")]
    [InlineData("""{"Authorization":"Basic dXNlcjpwYXNz"}""", """{"Authorization":"Basic [redacted]"}""")]
    [InlineData("call it with bearer eyJx.abcdef_1234=", "call it with bearer [redacted]")]
    [InlineData("key sk-proj-Ab12_cd34-ef56 here", "key [redacted] here")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[redacted]")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[redacted]")]
    [InlineData("jwt eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ", "jwt [redacted]")]
    [InlineData("password=hunter2 and more", "password=[redacted] and more")]
    [InlineData("DB_PASSWORD: hunter2", "DB_PASSWORD: [redacted]")]
    [InlineData("Server=db;Password=hunter2;Timeout=5", "Server=db;Password=[redacted];Timeout=5")]
    [InlineData("?api_key=abc123&page=2", "?api_key=[redacted]&page=2")]
    [InlineData("""{"user":"ann","password":"a \"b\" c","n":1}""", """{"user":"ann","password":"[redacted]","n":1}""")]
    [InlineData("""{"client_secret" : "x", "access_token":"y"}""", """{"client_secret" : "[redacted]", "access_token":"[redacted]"}""")]
    [InlineData("""{"body":"{\"password\":\"x y\"}"}""", """{"body":"{\"password\":\"[redacted]\"}"}""")]
    [InlineData("{'apiKey': 'x y'}", "{'apiKey': '[redacted]'}")]
    [InlineData("postgres://app:s3cret@db:5432/x", "postgres://app:[redacted]@db:5432/x")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nok", "[redacted]\nok")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted]")]
    public void Redact_Secret_IsReplaced(string text, string expected) => Assert.Equal(expected, SecretRedactor.Default.Redact(text));

    [Theory]
    [InlineData("")]
    [InlineData("Book a flight to Oslo for 2 people.")]
    [InlineData("""{"max_tokens":100,"usage":{"input_tokens":7}}""")]
    [InlineData("https://example.com/a?b=c#d")]
    [InlineData("Forgot your password? Ask the desk.")]
    [InlineData("the task-force met; risk-averse people use scikit, not sk-learn")]
    [InlineData("Password:\n\nNext line")]
    [InlineData("ann@example.com")]
    public void Redact_NoSecret_StaysAsItIs(string text) => Assert.Equal(text, SecretRedactor.Default.Redact(text));

    [Fact]
    public void Redact_EmailsOn_ReplacesAddresses() =>
        Assert.Equal("mail [redacted] now", new SecretRedactor { RedactEmailAddresses = true }.Redact("mail ann.b+c@mail.example.co.uk now"));

    [Fact]
    public void Redact_Twice_ChangesNothingMore()
    {
        string once = SecretRedactor.Default.Redact("password=hunter2 Bearer abcdefgh1234");

        Assert.Equal(once, SecretRedactor.Default.Redact(once));
    }

    [Fact]
    public void Redact_Null_Throws() => Assert.Throws<ArgumentNullException>("text", () => SecretRedactor.Default.Redact(null!));
}
