using System.ClientModel;
using System.Net;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace AgentTrace.Attribution.Judges.Retries;

/// <summary>Asks again, with growing and jittered pauses, where that can help: rate limits, overloads, lost connections.</summary>
public sealed class RetryingJudge : DelegatingChatClient
{
    private readonly ResiliencePipeline<ChatResponse> _retries;

    /// <summary>Creates the judge.</summary>
    /// <param name="judge">The judge that is asked; disposed with this one.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="clock">Measures the pauses; the system's when null.</param>
    public RetryingJudge(IChatClient judge, RetryOptions? options = null, TimeProvider? clock = null) : base(judge)
    {
        RetryOptions settings = (options ?? new RetryOptions()).Checked();
        _retries = settings.MaxAttempts == 1 ? ResiliencePipeline<ChatResponse>.Empty : new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = clock ?? TimeProvider.System }
            .AddRetry(new RetryStrategyOptions<ChatResponse>
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } e && CanHelp(e, arguments.Context.CancellationToken)),
                MaxRetryAttempts = settings.MaxAttempts - 1,
                Delay = settings.FirstDelay,
                MaxDelay = settings.LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IList<ChatMessage> asked = messages as IList<ChatMessage> ?? [.. messages];
        return await _retries.ExecuteAsync(
            async token => await base.GetResponseAsync(asked, options, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static bool CanHelp(Exception error, CancellationToken cancelled) => error switch
    {
        OperationCanceledException => !cancelled.IsCancellationRequested,
        ClientResultException of => of.Status is 0 or 408 or 429 or >= 500,
        AnthropicApiException of => of.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException of => of.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        IOException or TimeoutException => true,
        _ => false,
    };
}
