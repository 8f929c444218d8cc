using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AgentTrace.Collector.Forwarding;

/// <summary>When a batch is sent again: only where that can help, with growing, jittered pauses, for as long as it takes.</summary>
internal static partial class ForwardingRetry
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAskedDelay = TimeSpan.FromMinutes(5);

    public static ResiliencePipeline<SendResult> Create(ForwardingEndpoint endpoint, TimeProvider clock, ILogger log) =>
        new ResiliencePipelineBuilder<SendResult> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<SendResult>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result.Retryable),
                MaxRetryAttempts = int.MaxValue,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result.RetryAfter is { } wait ? (wait < LongestAskedDelay ? wait : LongestAskedDelay) : (TimeSpan?)null),
                OnRetry = args =>
                {
                    if (args.AttemptNumber == 0)
                        Trying(log, endpoint, args.Outcome.Result.Detail);
                    return default;
                },
            })
            .Build();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} did not take a batch ({Detail}); keeping it and trying again")]
    private static partial void Trying(ILogger log, ForwardingEndpoint endpoint, string detail);
}
