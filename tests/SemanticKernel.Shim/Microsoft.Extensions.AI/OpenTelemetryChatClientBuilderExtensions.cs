using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Adds <c>chat</c> spans.</summary>
public static class OpenTelemetryChatClientBuilderExtensions
{
    public static ChatClientBuilder UseOpenTelemetry(
        this ChatClientBuilder builder,
        ILoggerFactory? loggerFactory = null,
        string? sourceName = null,
        Action<OpenTelemetryChatClient>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, _) =>
        {
            OpenTelemetryChatClient client = new(inner, logger: null, sourceName);
            configure?.Invoke(client);
            return client;
        });
    }
}
