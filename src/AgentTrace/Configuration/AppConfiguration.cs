using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AgentTrace.Configuration;

/// <summary>The app's <c>IConfiguration</c>, found by name.</summary>
/// <remarks>
/// Instrumentation brings no package of its own for one key to read. Every app with the OpenTelemetry SDK has the type;
/// the name is a constant, so that trimming sees it.
/// </remarks>
internal sealed class AppConfiguration
{
    private readonly object _configuration;
    private readonly MethodInfo _indexer;

    private AppConfiguration(object configuration, MethodInfo indexer)
    {
        _configuration = configuration;
        _indexer = indexer;
    }

    public static bool TryFind(IServiceProvider services, [NotNullWhen(true)] out AppConfiguration? configuration)
    {
        var type = Type.GetType(
            "Microsoft.Extensions.Configuration.IConfiguration, Microsoft.Extensions.Configuration.Abstractions",
            throwOnError: false);
        configuration = type?.GetProperty("Item")?.GetMethod is { } indexer && services.GetService(type) is { } service
            ? new AppConfiguration(service, indexer)
            : null;
        return configuration is not null;
    }

    /// <summary>The value of a key, or null.</summary>
    public string? Value(string key) => (string?)_indexer.Invoke(_configuration, [key]);
}
