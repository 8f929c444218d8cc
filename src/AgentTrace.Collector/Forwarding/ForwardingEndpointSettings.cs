namespace AgentTrace.Collector.Forwarding;

/// <summary>Reads what stands behind the <c>#</c> of an endpoint.</summary>
internal static class ForwardingEndpointSettings
{
    private const string HeaderPrefix = "header.";
    private const string EnvironmentPrefix = "env:";

    /// <exception cref="FormatException">A setting is not known or has no value.</exception>
    public static ForwardingEndpoint Apply(ForwardingEndpoint endpoint, string fragment, Func<string, string?> environment)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string setting in fragment.TrimStart('#').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = setting.IndexOf('=', StringComparison.Ordinal);
            string key = Uri.UnescapeDataString(at < 0 ? setting : setting[..at]);
            string value = at < 0 ? "" : Value(key, Uri.UnescapeDataString(setting[(at + 1)..]), environment);
            if (key == "gzip" && at < 0)
                endpoint = endpoint with { Gzip = true };
            else if (key == "ca" && value.Length > 0)
                endpoint = endpoint with { CertificateAuthorityFile = value };
            else if (key == "cert" && value.Length > 0)
                endpoint = endpoint with { ClientCertificateFile = value };
            else if (key.StartsWith(HeaderPrefix, StringComparison.Ordinal) && key.Length > HeaderPrefix.Length && value.Length > 0 && !value.AsSpan().ContainsAny('\r', '\n'))
                headers[key[HeaderPrefix.Length..]] = value;
            else
                throw new FormatException($"'{key}' behind the # of {endpoint} is no setting with a fit value: use gzip, header.NAME=VALUE, ca=FILE, cert=FILE, joined by &; a value may be env:NAME.");
        }

        return headers.Count > 0 ? endpoint with { Headers = headers } : endpoint;
    }

    private static string Value(string key, string text, Func<string, string?> environment)
    {
        if (!text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            return text;
        string name = text[EnvironmentPrefix.Length..];
        return environment(name) is { Length: > 0 } value
            ? value
            : throw new FormatException($"the environment variable {name}, which {key} names, is not set.");
    }
}
