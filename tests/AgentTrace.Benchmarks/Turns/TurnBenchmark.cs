using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;

namespace AgentTrace.Benchmarks.Turns;

/// <summary>What an intercepted turn costs over the bare call, and over the same span written by hand.</summary>
internal static class TurnBenchmark
{
    private const int Operations = 300;

    private static readonly ChatMessageContent[] Messages = [new(Microsoft.SemanticKernel.ChatCompletion.AuthorRole.User, "go")];

    public static async Task RunAsync(bool json, TextWriter output)
    {
        var agent = new BenchmarkAgent { Name = "Bench" };
        // A delegate is not intercepted: this is the call as it would be without AgentTrace.
        Func<ICollection<ChatMessageContent>, AgentThread?, AgentInvokeOptions?, CancellationToken, IAsyncEnumerable<AgentResponseItem<ChatMessageContent>>> bare = agent.InvokeAsync;
        Task Bare() => EnumerateAsync(bare(Messages, null, null, default));
        Task Intercepted() => EnumerateAsync(agent.InvokeAsync(Messages));

        Sample[] unheard = await SideBySide.RunAsync(Operations, Bare, Intercepted).ConfigureAwait(false);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "AgentTrace" or "ByHand",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var run = AgentRun.Start("bench");
        HandWrittenTurn.BeginRun(run.Activity);
        Task ByHand() => EnumerateAsync(HandWrittenTurn.TraceAsync(agent, bare(Messages, null, null, default)));
        Sample[] heard = await SideBySide.RunAsync(Operations, ByHand, Intercepted).ConfigureAwait(false);

        var result = new
        {
            withoutListener = new { addedNanoseconds = unheard[1].Nanoseconds - unheard[0].Nanoseconds, addedBytes = unheard[1].Bytes - unheard[0].Bytes },
            withListener = new { timeRatio = heard[1].Nanoseconds / heard[0].Nanoseconds, allocationRatio = heard[1].Bytes / heard[0].Bytes },
            bare = unheard[0],
            byHand = heard[0],
            intercepted = heard[1],
        };
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : string.Create(CultureInfo.InvariantCulture, $"""
            no listener: intercepted over bare   +{result.withoutListener.addedNanoseconds:0.0} ns   +{result.withoutListener.addedBytes:0.0} B
            listener:    intercepted over by hand {result.withListener.timeRatio:0.00}x time   {result.withListener.allocationRatio:0.00}x allocation
                         ({heard[1].Nanoseconds:0} ns, {heard[1].Bytes:0} B against {heard[0].Nanoseconds:0} ns, {heard[0].Bytes:0} B; medians of {SideBySide.Rounds} rounds in turn)
            """)).ConfigureAwait(false);
    }

    private static async Task EnumerateAsync(IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> items)
    {
        await foreach (AgentResponseItem<ChatMessageContent> item in items.ConfigureAwait(false))
            GC.KeepAlive(item);
    }
}
