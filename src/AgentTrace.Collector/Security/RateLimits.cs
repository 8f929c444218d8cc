using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Security;

/// <summary>The limits on how often and how many at once.</summary>
internal static class RateLimits
{
    /// <summary>The policy of endpoints that search stored spans.</summary>
    public const string Searches = "searches";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Add(IServiceCollection services, RequestLimits limits) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.RequestsPerMinute, Window = Window }));
        limiter.AddConcurrencyLimiter(Searches, searches =>
        {
            searches.PermitLimit = limits.ConcurrentSearches;
            searches.QueueLimit = limits.WaitingSearches;
        });
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Query.ApiJson.Result(new { error = "too many requests; try again later" }, StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
        };
    });
}
