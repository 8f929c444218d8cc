namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>The faults, each as long as it is told to last. Every one is run with a queue folder, which is what promises to lose nothing.</summary>
internal static class FaultSuite
{
    private const long SomeSpans = 10_000;

    private static readonly int[] s_httpStatuses = [400, 401, 403, 404, 408, 413, 429, 500, 501, 502, 503, 504];

    public static async Task<FaultResult> KillAsync(string folder, int times)
    {
        FaultRun run = await FaultRun.StartAsync(folder).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        for (int i = 0; i < times; i++)
        {
            await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
            await run.KillAndRestartAsync().ConfigureAwait(false);
        }

        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        return await run.FinishAsync($"kill -9 under load, {times} times").ConfigureAwait(false);
    }

    public static async Task<FaultResult> BackendDownAsync(string folder, TimeSpan duration)
    {
        FaultRun run = await FaultRun.StartAsync(folder).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        await run.Sink.GoDownAsync().ConfigureAwait(false);
        await Task.Delay(duration).ConfigureAwait(false);
        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        await run.Sink.ComeUpAsync().ConfigureAwait(false);
        return await run.FinishAsync($"backend down for {duration.TotalSeconds:0} s").ConfigureAwait(false);
    }

    public static async Task<FaultResult> SlowBackendAsync(string folder, TimeSpan delay, long spans)
    {
        FaultRun run = await FaultRun.StartAsync(folder, grpc: false).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        run.Sink.Delay = delay;
        await run.AcceptAsync(spans).ConfigureAwait(false);
        run.Sink.Delay = TimeSpan.Zero;
        return await run.FinishAsync($"backend answers after {delay.TotalMilliseconds:0} ms").ConfigureAwait(false);
    }

    public static async Task<FaultResult> ErrorCodesAsync(string folder, bool grpc)
    {
        FaultRun run = await FaultRun.StartAsync(folder, grpc).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        var codes = new Queue<int>(grpc ? Enumerable.Range(1, 16) : s_httpStatuses);
        run.Sink.Refuse = _ =>
        {
            lock (codes)
                return codes.TryDequeue(out int code) ? code : null;
        };
        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        while (Left(codes) > 0)
            await run.AcceptAsync(SomeSpans / 10).ConfigureAwait(false);
        return await run.FinishAsync($"backend answers every {(grpc ? "gRPC" : "HTTP")} error code").ConfigureAwait(false);
    }

    /// <param name="folder">A folder on a small file system.</param>
    public static async Task<FaultResult> FullDiskAsync(string folder)
    {
        FaultRun run = await FaultRun.StartAsync(folder).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        await run.Sink.GoDownAsync().ConfigureAwait(false);
        await run.AskToWaitAsync().ConfigureAwait(false);
        await run.KillAndRestartAsync().ConfigureAwait(false);
        await run.Sink.ComeUpAsync().ConfigureAwait(false);
        await run.AcceptAsync(SomeSpans).ConfigureAwait(false);
        return await run.FinishAsync("disk full, then killed").ConfigureAwait(false);
    }

    private static int Left(Queue<int> codes)
    {
        lock (codes)
            return codes.Count;
    }
}
