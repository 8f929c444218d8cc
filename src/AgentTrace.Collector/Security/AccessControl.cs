using System.Security.Cryptography;
using System.Text;
using AgentTrace.Collector.Otlp;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Security;

/// <summary>Lets requests through whose token's role may do what they ask for. It stands before everything else.</summary>
internal sealed class AccessControl
{
    private const string BearerScheme = "Bearer ", BasicScheme = "Basic ";

    private readonly (byte[] Hash, AccessRole Role)[] _tokens;

    public AccessControl(AccessOptions options) => _tokens =
    [
        .. options.IngestTokens.Select(token => (Hash(token), AccessRole.Ingest)),
        .. options.QueryTokens.Select(token => (Hash(token), AccessRole.Query)),
        .. options.AdminTokens.Select(token => (Hash(token), AccessRole.Admin)),
    ];

    public bool IsOn => _tokens.Length > 0;

    /// <summary>Serves the request, or answers why not.</summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (NeededFor(context.Request) is not { } needed)
            return next(context);
        return Allows(context.Request, needed, out bool isKnown) ? next(context) : Refuse(context, needed, isKnown);
    }

    /// <summary>Whether the request may do what needs the role; anybody may where there are no tokens.</summary>
    public bool Allows(HttpRequest request, AccessRole needed) => !IsOn || Allows(request, needed, out _);

    /// <summary>What a request needs; null for one that anybody may make. What is not known is no exception: reading needs one role, anything else the highest.</summary>
    public static AccessRole? NeededFor(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        if (path is "/healthz" or "/readyz")
            return null;
        if (OtlpSignal.All.Any(signal => path == signal.HttpPath || path == signal.GrpcPath))
            return AccessRole.Ingest;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? AccessRole.Query : AccessRole.Admin;
    }

    private bool Allows(HttpRequest request, AccessRole needed, out bool isKnown)
    {
        isKnown = TryFindRoles(request, out bool ingest, out bool query, out bool admin);
        return admin || (needed == AccessRole.Ingest && ingest) || (needed == AccessRole.Query && query);
    }

    /// <summary>All tokens are looked at, each in constant time: how long it takes tells nothing of any.</summary>
    private bool TryFindRoles(HttpRequest request, out bool ingest, out bool query, out bool admin)
    {
        ingest = query = admin = false;
        if (TokenOf(request) is not { } token)
            return false;
        byte[] hash = Hash(token);
        foreach ((byte[] known, AccessRole role) in _tokens)
        {
            bool same = CryptographicOperations.FixedTimeEquals(known, hash);
            ingest |= same & role == AccessRole.Ingest;
            query |= same & role == AccessRole.Query;
            admin |= same & role == AccessRole.Admin;
        }

        return ingest | query | admin;
    }

    /// <summary>A bearer token, or the password of basic authentication, which browsers and Grafana can ask a person for.</summary>
    private static string? TokenOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (header.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
            return header[BearerScheme.Length..].Trim();
        if (!header.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase))
            return null;
        Span<byte> pair = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[BasicScheme.Length..].Trim(), pair, out int length))
            return null;
        int colon = pair[..length].IndexOf((byte)':');
        return colon < 0 ? null : Encoding.UTF8.GetString(pair[(colon + 1)..length]);
    }

    private static Task Refuse(HttpContext context, AccessRole needed, bool isKnown)
    {
        string message = isKnown
            ? $"this token's role may not do that; it needs the role {Name(needed)}"
            : $"no valid token; send 'Authorization: Bearer TOKEN' with one of the role {Name(needed)}";
        if (OtlpGrpcReceiver.IsGrpc(context.Request))
        {
            OtlpGrpcReceiver.End(context, isKnown ? GrpcStatus.PermissionDenied : GrpcStatus.Unauthenticated, message, default);
            return Task.CompletedTask;
        }

        context.Response.StatusCode = isKnown ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        if (!isKnown)
            context.Response.Headers.WWWAuthenticate = needed == AccessRole.Ingest ? "Bearer" : "Basic realm=\"AgentTrace\", charset=\"UTF-8\"";
        return Query.ApiJson.Result(new { error = message }, context.Response.StatusCode).ExecuteAsync(context);
    }

    private static string Name(AccessRole role) => role switch { AccessRole.Ingest => "ingest", AccessRole.Query => "query", _ => "admin" };

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
