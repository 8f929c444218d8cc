namespace AgentTrace.Conventions;

/// <summary>Names from the general OpenTelemetry conventions that agent spans need.</summary>
public static class OpenTelemetryAttributes
{
    /// <summary>The kind of error: an exception's full type name, or a short stable word.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Name of the event that carries an exception.</summary>
    public const string ExceptionEvent = "exception";

    /// <summary>The exception's full type name.</summary>
    public const string ExceptionType = "exception.type";

    /// <summary>The exception's message.</summary>
    public const string ExceptionMessage = "exception.message";

    /// <summary>The exception with its stack.</summary>
    public const string ExceptionStackTrace = "exception.stacktrace";

    /// <summary>Resource attribute: the logical name of the service.</summary>
    public const string ServiceName = "service.name";

    /// <summary>Resource attribute: the version of the service.</summary>
    public const string ServiceVersion = "service.version";

    /// <summary>Host name of the server that was called.</summary>
    public const string ServerAddress = "server.address";

    /// <summary>Port of the server that was called (integer).</summary>
    public const string ServerPort = "server.port";
}
