using System.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>A stream with spans around each reading of it, from the first item asked for to the end.</summary>
/// <remarks>
/// Written by hand because an async iterator loses <see cref="Activity.Current"/> at each yield (dotnet/runtime#47802): what the stream does
/// after the first item would become a trace of its own. Here the span is made current again for each step. Since each step is an async
/// method of its own, the runtime takes that back when the step returns, and the caller's own activity is never touched.
/// The first reading, mostly the only one, happens on the stream itself, as the compiler does it.
/// </remarks>
internal abstract class TracedSequence<T>(IAsyncEnumerable<T> inner) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private CancellationToken _cancellationToken;
    private IAsyncEnumerator<T>? _items;
    private ExecutionContext? _callerContext;
    private ExecutionContext? _ownContext;
    private Activity? _ownSpan;
    private int _taken;
    private bool _started;
    private bool _ended;

    public T Current => _items is null ? default! : _items.Current;

    /// <summary>The span that is current while the stream's own code runs; null when nothing is recorded.</summary>
    protected abstract Activity? Innermost { get; }

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _taken, 1) == 1)
            return Again(inner).GetAsyncEnumerator(cancellationToken);
        _cancellationToken = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        if (_started)
            MakeCurrent();
        else
            Begin();

        try
        {
            _items ??= inner.GetAsyncEnumerator(_cancellationToken);
            if (await _items.MoveNextAsync().ConfigureAwait(false))
            {
                Add(_items.Current);
                return true;
            }
        }
        catch (Exception exception)
        {
            if (IsFirstEnd())
                Fail(exception);
            throw;
        }

        if (IsFirstEnd())
            Complete();
        return false;
    }

    // Mostly the stream has been read to its end: then no span is left that would have to be current.
    public ValueTask DisposeAsync() => _ended && _items is not null ? _items.DisposeAsync() : AbandonAsync();

    /// <summary>Opens the spans of this reading and makes the innermost current.</summary>
    protected abstract void Start();

    /// <summary>An item is about to be given to the caller.</summary>
    protected abstract void Add(T item);

    /// <summary>The stream came to its end. Exactly one of this, <see cref="Abandon"/> and <see cref="Fail"/> ends the spans.</summary>
    protected abstract void Complete();

    /// <summary>The caller stopped reading.</summary>
    protected abstract void Abandon();

    /// <summary>The stream threw.</summary>
    protected abstract void Fail(Exception exception);

    /// <summary>The same for one reading more.</summary>
    protected abstract TracedSequence<T> Again(IAsyncEnumerable<T> inner);

    private async ValueTask AbandonAsync()
    {
        MakeCurrent();
        try
        {
            if (_items is not null)
                await _items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (IsFirstEnd())
                Fail(exception);
            throw;
        }

        if (IsFirstEnd())
            Abandon();
    }

    private void Begin()
    {
        _callerContext = ExecutionContext.Capture();
        Start();
        _started = true;
        _ownContext = ExecutionContext.Capture();
        _ownSpan = Activity.Current;
    }

    private void MakeCurrent()
    {
        if (Innermost is not { IsStopped: false } activity)
            return;
        // Mostly the caller's context is still the one in which the reading began, and what came of it then is the same now. To change it
        // anew would take new objects for each item, and the activity's id as a string.
        if (_ownContext is not null && activity == _ownSpan && ExecutionContext.Capture() == _callerContext)
            ExecutionContext.Restore(_ownContext);
        else
            Activity.Current = activity;
    }

    private bool IsFirstEnd() => _started && !_ended && (_ended = true);
}
