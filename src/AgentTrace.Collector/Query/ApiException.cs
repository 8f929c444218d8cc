using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query;

/// <summary>A request that is answered with an error. The message says what is wrong, where, and what is allowed.</summary>
internal sealed class ApiException(int status, string message, Exception? cause = null) : Exception(message, cause)
{
    public int Status { get; } = status;

    public static ApiException BadRequest(string message, Exception? cause = null) => new(StatusCodes.Status400BadRequest, message, cause);

    public static ApiException NotFound(string message) => new(StatusCodes.Status404NotFound, message);
}
