using System.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>A stream with spans around each reading of it, from the first item asked for to the end.</summary>
/// <remarks>
/// Written by hand because an async iterator loses <see cref="Activity.Current"/> at each yield (dotnet/runtime#47802): what the stream
/// does after
/// the first item would become a trace of its own. Here the span is made current again for each step. Since each step is an async method of
/// its own, the runtime takes that back when the step returns, and the caller's own activity is never touched.
/// </remarks>
internal sealed class TracedStream<T>(IAsyncEnumerable<T> inner, Func<IStreamedCall<T>> start) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(inner, start, cancellationToken);

    private sealed class Enumerator(IAsyncEnumerable<T> inner, Func<IStreamedCall<T>> start, CancellationToken cancellationToken)
        : IAsyncEnumerator<T>
    {
        private IAsyncEnumerator<T>? _items;
        private IStreamedCall<T>? _call;
        private bool _ended;

        public T Current => _items is null ? default! : _items.Current;

        public async ValueTask<bool> MoveNextAsync()
        {
            if (_call is null)
                _call = start();
            else
                MakeCurrent();

            try
            {
                _items ??= inner.GetAsyncEnumerator(cancellationToken);
                if (await _items.MoveNextAsync().ConfigureAwait(false))
                {
                    _call.Add(_items.Current);
                    return true;
                }
            }
            catch (Exception exception)
            {
                End(call => call.Fail(exception));
                throw;
            }

            End(static call => call.Complete());
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
                End(call => call.Fail(exception));
                throw;
            }

            End(static call => call.Abandon());
        }

        private void MakeCurrent()
        {
            if (_call?.Innermost is { IsStopped: false } activity)
                Activity.Current = activity;
        }

        private void End(Action<IStreamedCall<T>> how)
        {
            if (_ended || _call is null)
                return;
            _ended = true;
            how(_call);
        }
    }
}
