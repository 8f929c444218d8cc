using AgentTrace.Collector.Jobs;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Storage;

/// <summary>One request's bytes on their way to the store, or one finished run.</summary>
internal sealed class StoreRequest : IDisposable
{
    private readonly RequestBuffer? _buffer;
    private readonly TaskCompletionSource? _stored;

    /// <param name="request">An export request; copied.</param>
    /// <param name="isAwaited">Whether somebody waits until it is stored.</param>
    public StoreRequest(ReadOnlyMemory<byte> request, bool isAwaited)
    {
        _buffer = new RequestBuffer(request.Length);
        _buffer.Append(request.Span);
        Bytes = request.Length;
        _stored = isAwaited ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    }

    public StoreRequest(RunRecord run)
    {
        const int BytesAStep = 1024;
        Run = run;
        Bytes = (run.Run.Steps.Count + 1) * BytesAStep;
    }

    /// <summary>The run; null where this is a request.</summary>
    public RunRecord? Run { get; }

    /// <summary>The request; empty where this is a run.</summary>
    public ReadOnlyMemory<byte> Request => _buffer?.Written ?? default;

    /// <summary>The request's traces, where the store has their runs judged; else empty.</summary>
    public IReadOnlyList<SeenTrace> Seen { get; init; } = [];

    /// <summary>What it takes of the queue's room.</summary>
    public int Bytes { get; }

    /// <summary>Ends when it is stored; null where nobody waits.</summary>
    public Task? Stored => _stored?.Task;

    public void Complete() => _stored?.TrySetResult();

    public void Fail(BackPressureException why) => _stored?.TrySetException(why);

    /// <summary>Gives its bytes back; nothing may read them after that.</summary>
    public void Dispose() => _buffer?.Dispose();
}
