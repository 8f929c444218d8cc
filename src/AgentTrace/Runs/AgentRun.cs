using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Handoffs;
using AgentTrace.Spans;
using Microsoft.Extensions.AI;

namespace AgentTrace;

/// <summary>
/// One run of one or more agents towards one goal: the span <c>invoke_workflow {name}</c> under which its turns are counted.
/// </summary>
/// <remarks>
/// No member throws because of telemetry, all may be called from several threads, and after the end they do nothing.
/// When nobody listens, starting a run allocates nothing. A run that ends without an outcome says nothing about success or failure.
/// </remarks>
public sealed class AgentRun : IDisposable
{
    private const string FailedRun = "run_failed";
    private static readonly AgentRun s_notRecorded = new(null, null);

    private readonly TracedSpan? _span;
    private readonly AgentRun? _continued;
    private int _turns;

    private AgentRun(TracedSpan? span, string? conversationId, AgentRun? continued = null)
    {
        _span = span;
        _continued = continued;
        ConversationId = conversationId;
        if (span is not null)
            span.Run = this;
    }

    /// <summary>
    /// The run around the calling code: the nearest that <see cref="Activity.Current"/> or a parent of it belongs to; null outside any.
    /// </summary>
    public static AgentRun? Current => Around(Activity.Current);

    /// <summary>The run's span; null when nobody listens or the trace is not sampled.</summary>
    public Activity? Activity => _span?.Activity;

    internal string? ConversationId { get; }

    internal HandoffLedger Handoffs { get; } = new();

    /// <summary>Starts a run and makes its span current; <see cref="Dispose"/> or <see cref="End"/> ends it.</summary>
    /// <param name="name">The workflow's name: few different ones, no ids. A blank name leaves the span unnamed.</param>
    /// <param name="options">What is known already.</param>
    public static AgentRun Start(string name, AgentRunOptions? options = null) => Start(name, options, null);

    /// <summary>Starts a run that goes on where an earlier one ended: in its trace, and counting its turns on.</summary>
    internal static AgentRun Start(string name, AgentRunOptions? options, AgentRun? continued)
    {
        if (!TracedSpan.HasListeners)
            return s_notRecorded;

        var tags = new SpanTags
        {
            { GenAiAttributes.WorkflowName, name },
            { GenAiAttributes.ConversationId, options?.ConversationId },
        };
        TracedSpan? span = TracedSpan.Start(GenAiOperations.InvokeWorkflow, name, ActivityKind.Internal, tags, options?.StartTime, parent: continued?.Activity?.Context ?? default);
        if (span is null)
            return s_notRecorded;

        var run = new AgentRun(span, options?.ConversationId, continued);
        if (options?.Input is { } input)
            run.SetInput(input);
        return run;
    }

    /// <summary>Content: what the run is asked to do.</summary>
    public void SetInput(string text) => _span?.Capture(GenAiAttributes.InputMessages, text, MessagesJson.InputText);

    /// <summary>Content: what the run is asked to do.</summary>
    public void SetInput(IEnumerable<ChatMessage> messages) => _span?.Capture(GenAiAttributes.InputMessages, messages, MessagesJson.Input);

    /// <summary>Content: the run's answer. Says nothing about whether it is right.</summary>
    public void SetOutput(string text) => _span?.Capture(GenAiAttributes.OutputMessages, text, MessagesJson.OutputText);

    /// <summary>Content: the run's answer. Says nothing about whether it is right.</summary>
    public void SetOutput(IEnumerable<ChatMessage> messages) =>
        _span?.Capture(GenAiAttributes.OutputMessages, (messages, (ChatFinishReason?)ChatFinishReason.Stop), MessagesJson.Output);

    /// <summary>The run reached its goal. The last of <see cref="Succeed"/> and <c>Fail</c> holds.</summary>
    /// <param name="answer">Content: the answer, unless it has been set already.</param>
    public void Succeed(string? answer = null)
    {
        if (_span is null)
            return;
        SetOutcome(AgentTraceAttributes.SuccessOutcome, null);
        _span.ClearFailure();
        if (answer is not null)
            SetOutput(answer);
    }

    /// <summary>
    /// The run did not reach its goal: its span becomes an error. The last of <see cref="Succeed"/> and <c>Fail</c> holds.
    /// </summary>
    /// <param name="reason">Why, in words. Written whether content is captured or not, its secrets redacted.</param>
    /// <param name="expectedAnswer">Content: the right answer, where it is known.</param>
    public void Fail(string reason, string? expectedAnswer = null)
    {
        if (_span is null)
            return;
        string? text = reason is null ? null : ErrorText.Of(reason);
        SetOutcome(AgentTraceAttributes.FailureOutcome, text);
        _span.Fail(FailedRun, text);
        SetExpectedAnswer(expectedAnswer);
    }

    /// <summary>The run did not reach its goal because of <paramref name="exception"/>, which is recorded as an event.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="expectedAnswer">Content: the right answer, where it is known.</param>
    public void Fail(Exception exception, string? expectedAnswer = null)
    {
        if (_span is null || exception is null)
            return;
        SetOutcome(AgentTraceAttributes.FailureOutcome, ErrorText.Of(exception, static e => e.Message));
        _span.Fail(exception);
        SetExpectedAnswer(expectedAnswer);
    }

    /// <summary>Ends the run at a time that may lie in the past.</summary>
    public void End(DateTimeOffset endTime) => _span?.End(endTime);

    /// <summary>Ends the run now, unless it has ended.</summary>
    public void Dispose() => _span?.End();

    /// <summary>The run that <paramref name="activity"/> belongs to, or null.</summary>
    /// <remarks>A turn leads to its run by itself: it may be the run's child by id alone.</remarks>
    internal static AgentRun? Around(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
            if (TracedSpan.Of(activity)?.Run is { } run)
                return run;
        return null;
    }

    internal int NextTurnIndex() => _continued?.NextTurnIndex() ?? Interlocked.Increment(ref _turns) - 1;

    private void SetOutcome(string outcome, string? reason)
    {
        _span?.Set(AgentTraceAttributes.RunOutcome, outcome);
        _span?.Set(AgentTraceAttributes.RunOutcomeReason, reason);
    }

    private void SetExpectedAnswer(string? answer)
    {
        if (answer is not null)
            _span?.Capture(AgentTraceAttributes.RunExpectedAnswer, answer, CapturedContent.Plain);
    }
}
