using System.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>
/// The spans around one reading of a stream. Exactly one of <see cref="Complete"/>, <see cref="Abandon"/> and <see cref="Fail"/> ends them.
/// </summary>
internal interface IStreamedCall<in T>
{
    /// <summary>The span that is current while the stream's own code runs; null when nothing is recorded.</summary>
    Activity? Innermost { get; }

    /// <summary>An item is about to be given to the caller.</summary>
    void Add(T item);

    /// <summary>The stream came to its end.</summary>
    void Complete();

    /// <summary>The caller stopped reading.</summary>
    void Abandon();

    /// <summary>The stream threw.</summary>
    void Fail(Exception exception);
}
