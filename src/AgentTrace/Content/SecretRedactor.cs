using System.Text.RegularExpressions;

namespace AgentTrace;

/// <summary>
/// Replaces obvious secrets: bearer tokens, API keys, JSON web tokens, private keys, passwords in URLs, in <c>key=value</c> and in JSON.
/// </summary>
/// <remarks>
/// It knows shapes, not meanings: a password in the middle of a sentence stays. The patterns run in time linear to the text
/// (<see cref="RegexOptions.NonBacktracking"/>) and each is stopped after one second.
/// </remarks>
public sealed class SecretRedactor : IContentRedactor
{
    private const string Mark = "[redacted]";
    private const string SecretKey =
        @"(?:password|passwd|passphrase|pwd|secret|api[_-]?key|private[_-]?key|access[_-]?key|account[_-]?key"
        + @"|(?:access|auth|refresh|session|id|bearer|api)[_-]?token)[\w-]*";

    private static readonly (Regex Pattern, string Replacement)[] s_secrets =
    [
        // A key without its end was cut off: the rest of the text is the key.
        (Secret(@"-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]*PRIVATE KEY-----|\z)"), Mark),
        (Secret(@"(?i)\b(authorization[""']?\s*[:=]\s*\\?[""']?(?:[a-z]+ +)?)[^\s""'\\,;]+"), "$1" + Mark),
        (Secret(@"(?i)\b(bearer\s+)[a-z0-9._~+/-]{8,}=*"), "$1" + Mark),
        (Secret(@"\b(?:(?:sk|pk|rk)[-_][A-Za-z0-9_-]{10,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|xox[abeprs]-[A-Za-z0-9-]{10,}"
            + @"|AIza[A-Za-z0-9_-]{30,}|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)"), Mark),
        (Secret(@"(?i)\b([a-z][a-z0-9+.-]*://[^\s/:@""']*:)[^\s/@""']+@"), "$1" + Mark + "@"),
        // Quoted values keep their quotes, so that JSON stays JSON; the second form is JSON inside a JSON string.
        (Secret($@"(?i)({SecretKey}[""']?\s*[:=]\s*"")(?:[^""\\]|\\.)*"), "$1" + Mark),
        (Secret($@"(?i)({SecretKey}\\""\s*:\s*\\"")[^""\\]*"), "$1" + Mark),
        (Secret($@"(?i)({SecretKey}'?\s*[:=]\s*')[^']*"), "$1" + Mark),
        (Secret($@"(?i)({SecretKey}[""']?[ \t]*[:=][ \t]*)[^\s""'\\,;&}})\]\[]+"), "$1" + Mark),
    ];

    private static readonly Regex s_email = Secret(@"(?i)\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b");

    /// <summary>The redactor with its defaults.</summary>
    public static SecretRedactor Default { get; } = new();

    /// <summary>Whether e-mail addresses are replaced too.</summary>
    /// <value>False by default: agents often need them to make sense of a run.</value>
    public bool RedactEmailAddresses { get; init; }

    /// <inheritdoc/>
    /// <exception cref="RegexMatchTimeoutException">A pattern took longer than a second on <paramref name="text"/>.</exception>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach ((Regex pattern, string replacement) in s_secrets)
            text = pattern.Replace(text, replacement);
        return RedactEmailAddresses ? s_email.Replace(text, Mark) : text;
    }

    private static Regex Secret(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
