using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors;

/// <summary>Says which step of a failed run was the decisive error.</summary>
/// <remarks>
/// Decisive error (Who&amp;When, arXiv 2505.00212): the earliest step whose correction alone would have turned the failure into success.
/// An attributor keeps no state between runs and may be used from several threads.
/// </remarks>
public interface IFailureAttributor
{
    /// <summary>The method's name on the command line and in spans, for example <c>binary-search</c>.</summary>
    string Method { get; }

    /// <summary>Attributes the failure of <paramref name="run"/>; the caller has made sure that it failed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="JudgeException">The method asks a model and the model could not be asked.</exception>
    ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default);
}
