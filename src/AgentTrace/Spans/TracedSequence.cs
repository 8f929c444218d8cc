using System.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>A stream with spans around each reading of it, from the first item asked for to the end.</summary>
/// <remarks>
/// Written by hand because an async iterator loses <see cref="Activity.Current"/> at each yield (dotnet/runtime#47802): what the stream
/// does after
/// the first item would become a trace of its own. Here the span is made current again for each step. Since each step is an async method of
/// its own, the runtime takes that back when the step returns, and the caller's own activity is never touched.
/// The first reading, mostly the only one, happens on the stream itself, as the compiler does it.
/// </remarks>
internal abstract class TracedSequence<T>(IAsyncEnumerable<T> inner) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private CancellationToken _cancellationToken;
    private IAsyncEnumerator<T>? _items;
    private IStreamedCall<T>? _call;
    private bool _ended;
    private int _taken;

    public T Current => _items is null ? default! : _items.Current;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _taken, 1) == 1)
            return Again(inner).GetAsyncEnumerator(cancellationToken);
        _cancellationToken = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (_call is null)
            _call = Start();
        else
            MakeCurrent();

        try
        {
            _items ??= inner.GetAsyncEnumerator(_cancellationToken);
            if (await _items.MoveNextAsync().ConfigureAwait(false))
            {
                _call.Add(_items.Current);
                return true;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }

        if (IsFirstEnd())
            _call.Complete();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        MakeCurrent();
        try
        {
            if (_items is not null)
                await _items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }

        if (IsFirstEnd())
            _call?.Abandon();
    }

    /// <summary>Opens the spans of this reading and makes the innermost current.</summary>
    protected abstract IStreamedCall<T> Start();

    /// <summary>The same for one reading more.</summary>
    protected abstract TracedSequence<T> Again(IAsyncEnumerable<T> inner);

    private void MakeCurrent()
    {
        if (_call?.Innermost is { IsStopped: false } activity)
            Activity.Current = activity;
    }

    private void Fail(Exception exception)
    {
        if (IsFirstEnd())
            _call?.Fail(exception);
    }

    private bool IsFirstEnd() => !_ended && (_ended = true);
}
