using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>How a span failed.</summary>
/// <param name="ErrorType">The kind of error.</param>
/// <param name="Message">What went wrong, its secrets redacted; null when nobody said.</param>
internal sealed record SpanFailure(string ErrorType, string? Message)
{
    private const string OtherError = "_OTHER";

    /// <summary>The failure of an ended span; null unless its status is an error.</summary>
    public static SpanFailure? Of(Activity activity) => activity.Status == ActivityStatusCode.Error
        ? From(activity.GetTagItem(OpenTelemetryAttributes.ErrorType) as string, activity.StatusDescription)
        : null;

    public static SpanFailure From(string? errorType, string? message) =>
        new(errorType ?? OtherError, message is null ? null : ErrorText.Of(message));

    /// <summary>Marks the span as failed where nobody has said yet how it ended.</summary>
    public void MarkUnlessSet(Activity activity)
    {
        if (activity.Status != ActivityStatusCode.Unset)
            return;
        if (activity.GetTagItem(OpenTelemetryAttributes.ErrorType) is null)
            activity.SetTag(OpenTelemetryAttributes.ErrorType, ErrorType);
        activity.SetStatus(ActivityStatusCode.Error, Message);
    }
}
