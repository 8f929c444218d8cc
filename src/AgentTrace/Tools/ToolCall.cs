using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Spans;

namespace AgentTrace;

/// <summary>One call of a tool: the span <c>execute_tool {name}</c>.</summary>
/// <remarks>
/// No member throws because of telemetry, all may be called from several threads, and after the end they do nothing.
/// When nobody listens, starting a call allocates nothing.
/// </remarks>
public sealed class ToolCall : IDisposable
{
    private const string OtherError = "_OTHER";
    /// <summary>A call that leaves no span.</summary>
    internal static ToolCall NotRecorded { get; } = new(null);
    private static readonly ToolCallOptions s_defaults = new();

    private readonly TracedSpan? _span;

    private ToolCall(TracedSpan? span) => _span = span;

    /// <summary>The call's span; null when nobody listens or the trace is not sampled.</summary>
    public Activity? Activity => _span?.Activity;

    /// <summary>Starts a call and makes its span current; <see cref="Dispose"/> or <see cref="End"/> ends it.</summary>
    /// <param name="toolName">The tool's name. A blank name leaves the span unnamed.</param>
    /// <param name="callId">The id the model gave this call.</param>
    /// <param name="arguments">Content: the arguments as JSON.</param>
    /// <param name="options">What else is known already.</param>
    public static ToolCall Start(string toolName, string? callId = null, string? arguments = null, ToolCallOptions? options = null)
    {
        if (!TracedSpan.HasListeners)
            return NotRecorded;

        options ??= s_defaults;
        var tags = new SpanTags
        {
            { GenAiAttributes.ToolName, toolName },
            { GenAiAttributes.ToolType, options.Type },
            { GenAiAttributes.ToolCallId, callId },
            { GenAiAttributes.ToolDescription, options.Description },
        };
        TracedSpan? span = TracedSpan.Start(GenAiOperations.ExecuteTool, toolName, ActivityKind.Internal, tags, options.StartTime);
        if (span is null)
            return NotRecorded;

        if (arguments is not null)
            span.Capture(GenAiAttributes.ToolCallArguments, arguments, CapturedContent.Plain);
        return new ToolCall(span);
    }

    /// <summary>Content: what the tool returned, as JSON or text.</summary>
    public void SetResult(string result) => Capture(GenAiAttributes.ToolCallResult, result, static text => text);

    /// <summary>
    /// The call failed: its span becomes an error and the exception an event. Called again, the last failure's type and message hold.
    /// </summary>
    public void Fail(Exception exception)
    {
        if (exception is not null)
            _span?.Fail(exception);
    }

    /// <summary>The call failed: its span becomes an error. Called again, the last failure's type and message hold.</summary>
    /// <param name="message">What went wrong, in words. Written whether content is captured or not, its secrets redacted.</param>
    /// <param name="errorType">The kind of error: one of few short words, for example <c>timeout</c>.</param>
    public void Fail(string message, string errorType = OtherError) =>
        _span?.Fail(errorType, message is null ? null : ErrorText.Of(message));

    /// <summary>Ends the call at a time that may lie in the past.</summary>
    public void End(DateTimeOffset endTime) => _span?.End(endTime);

    /// <summary>Ends the call now, unless it has ended.</summary>
    public void Dispose() => _span?.End();

    /// <summary>Content that is turned into text only where content is captured.</summary>
    internal void Capture<T>(string key, T value, Func<T, string> text) =>
        _span?.Capture(key, (value, text), static (state, settings) => CapturedContent.Plain(state.text(state.value), settings));
}
