using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query;

/// <summary>JSON as our own endpoints read and write it.</summary>
internal static class ApiJson
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    // A member that is written wrongly must not pass for one that is absent.
    private static readonly JsonSerializerOptions Read = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 8 };

    public static IResult Result(object value, int status = StatusCodes.Status200OK) => Results.Json(value, Written, statusCode: status);

    /// <summary>Reads a request's body, at most <paramref name="limit"/> bytes of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="expected">The members it may have, for the message.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">It is no JSON, another object, or too large.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpRequest request, int limit, string expected, CancellationToken cancellationToken) where T : class
    {
        // Asked for also because a page of another site can send no JSON here without being asked for leave, which nobody gives.
        if (!request.HasJsonContentType())
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, $"Content-Type is '{request.ContentType}'; send application/json");
        byte[] body = await BytesAsync(request, limit, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<T>(body, Read) ?? throw ApiException.BadRequest($"the body is null; allowed: an object with {expected}");
        }
        catch (JsonException e)
        {
            throw ApiException.BadRequest($"the body is not what is read here, at {e.Path ?? "$"} (line {(e.LineNumber ?? 0) + 1}); allowed: an object with {expected}", e);
        }
    }

    private static async ValueTask<byte[]> BytesAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw TooLarge(limit);
        byte[] body = new byte[limit + 1];
        int length = 0;
        for (int read; length <= limit && (read = await request.Body.ReadAsync(body.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0;)
            length += read;
        return length <= limit ? body[..length] : throw TooLarge(limit);
    }

    private static ApiException TooLarge(int limit) => new(StatusCodes.Status413PayloadTooLarge, $"the body is larger than {limit} bytes; send less text");
}
