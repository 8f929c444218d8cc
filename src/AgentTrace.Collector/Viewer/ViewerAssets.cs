using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Viewer;

/// <summary>The style sheet, the script and the icon, served from the assembly under addresses that change with their content.</summary>
internal static class ViewerAssets
{
    private static readonly byte[] Style = Read("viewer.css");
    private static readonly byte[] Script = Read("viewer.js");
    private static readonly byte[] Icon = Read("icon.svg");
    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData([.. Style, .. Script, .. Icon]))[..12];

    public static string StyleUrl { get; } = $"/viewer/{Version}/viewer.css";

    public static string ScriptUrl { get; } = $"/viewer/{Version}/viewer.js";

    public static string IconUrl { get; } = $"/viewer/{Version}/icon.svg";

    public static IResult Serve(HttpContext context, string file)
    {
        (byte[]? content, string type) = file switch
        {
            "viewer.css" => (Style, "text/css; charset=utf-8"),
            "viewer.js" => (Script, "text/javascript; charset=utf-8"),
            "icon.svg" => (Icon, "image/svg+xml"),
            _ => (null, ""),
        };
        if (content is null)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(content, type);
    }

    private static byte[] Read(string name)
    {
        using Stream resource = typeof(ViewerAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks {name}.");
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
