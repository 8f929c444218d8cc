using Npgsql;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Where a PostgreSQL store is: <c>postgres://user:password@host:port/database?sslmode=require</c>, or Npgsql's own <c>Host=...;Database=...</c>.</summary>
public static class PostgresAddress
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>libpq's words that Npgsql calls otherwise.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslrootcert"] = "Root Certificate", ["sslcert"] = "SSL Certificate", ["sslkey"] = "SSL Key", ["connect_timeout"] = "Timeout",
        ["user"] = "Username", ["dbname"] = "Database",
    };

    /// <summary>Whether the text is meant as one, and not as a file's path.</summary>
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            || text.Split(';').Any(part => part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase) || part.TrimStart().StartsWith("Server=", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The text as Npgsql's connection string.</summary>
    /// <exception cref="FormatException">It is none; the message names what is wrong and never the password.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            NpgsqlConnectionStringBuilder builder = Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) ? FromUri(text) : new(text);
            if (string.IsNullOrEmpty(builder.Host))
                throw new FormatException("a PostgreSQL store needs a host: postgres://user:password@host:5432/database");
            builder.ApplicationName ??= "agenttrace";
            return builder.ToString();
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"the PostgreSQL store's address is off: {e.Message} Allowed: postgres://user:password@host:5432/database?sslmode=require, or Npgsql's Host=...;Database=...", e);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(string text)
    {
        // A socket's folder stands in ?host=; an authority without a host is one that .NET's Uri does not read.
        string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        string[] halves = rest.Split('?', 2);
        int slash = halves[0].IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? halves[0] : halves[0][..slash];
        int at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder();
        if (at >= 0)
        {
            string[] user = authority[..at].Split(':', 2);
            builder.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length > 1)
                builder.Password = Uri.UnescapeDataString(user[1]);
        }

        if (authority[(at + 1)..] is { Length: > 0 } host)
        {
            var server = new Uri("tcp://" + host);
            builder.Host = server.Host.Trim('[', ']');
            if (server.Port > 0)
                builder.Port = server.Port;
        }

        if (slash >= 0 && slash + 1 < halves[0].Length)
            builder.Database = Uri.UnescapeDataString(halves[0][(slash + 1)..]);
        foreach (string pair in (halves.ElementAtOrDefault(1) ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] word = pair.Split('=', 2);
            string key = Renamed.GetValueOrDefault(word[0]) ?? word[0].Replace("_", "", StringComparison.Ordinal);
            string value = Uri.UnescapeDataString(word.ElementAtOrDefault(1) ?? "");
            builder[key] = key.Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return builder;
    }
}
