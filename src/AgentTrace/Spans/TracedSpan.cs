using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>
/// One span of ours: what runs, turns, tool calls and chats have in common. Safe to use from several threads and after its end.
/// </summary>
internal sealed class TracedSpan
{
    private const string Property = "agenttrace.span";

    // Content is kept back until the end: exporters drop the attributes that come last when there are too many.
    private List<(string Key, CapturedContent Content)>? _content;
    private Exception? _lastException;
    private SpanOffer? _offer;
    private long _inputTokens;
    private long _outputTokens;
    private bool _knowsInputTokens;
    private bool _knowsOutputTokens;
    private volatile bool _ended;

    private TracedSpan(Activity activity)
    {
        Activity = activity;
        activity.SetCustomProperty(Property, this);
    }

    public Activity Activity { get; }

    /// <summary>The run that this span is, or that its turn belongs to.</summary>
    public AgentRun? Run { get; set; }

    /// <summary>The turn that this span is; null for other spans.</summary>
    public AgentTurn? Turn { get; set; }

    public bool HasEnded => _ended;

    public static bool HasListeners => AgentActivitySource.Instance.HasListeners();

    /// <summary>The span of ours that <paramref name="activity"/> is, or null for someone else's.</summary>
    public static TracedSpan? Of(Activity activity) => activity.GetCustomProperty(Property) as TracedSpan;

    /// <summary>Starts a span and makes it current; null when it is not sampled.</summary>
    public static TracedSpan? Start(
        string operation,
        string? target,
        ActivityKind kind,
        in SpanTags tags,
        DateTimeOffset? startTime = null,
        IEnumerable<ActivityLink>? links = null,
        ActivityContext parent = default)
    {
        Activity? before = Activity.Current;
        try
        {
            Activity? activity = AgentActivitySource.Instance.StartActivity(
                SpanNames.Of(operation, target), kind, parent, tags.Of(operation), links, startTime ?? default);
            return activity is null ? null : new TracedSpan(activity);
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.RecordingFailed($"start a span '{operation}'", exception);
            Activity.Current = before;
            return null;
        }
    }

    /// <summary>Sets an attribute; null takes it away.</summary>
    public void Set(string key, object? value)
    {
        if (IsRecording)
            Activity.SetTag(key, value);
    }

    /// <summary>Keeps content for the span's end, where content is captured. What fails is dropped and reported, never thrown.</summary>
    public void Capture<T>(string key, T value, Func<T, ContentSettings, CapturedContent> write)
    {
        ContentSettings settings = ContentSettings.Current;
        if (!settings.Capture || !IsRecording)
            return;

        CapturedContent? content = null;
        try
        {
            content = write(value, settings);
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.ContentDropped(key, exception);
        }

        lock (this)
        {
            _content?.RemoveAll(entry => entry.Key == key);
            if (content is { } captured)
                (_content ??= []).Add((key, captured));
        }
    }

    /// <summary>Adds to the tokens used; null is not known, which is not the same as none.</summary>
    public void AddUsage(long? inputTokens, long? outputTokens)
    {
        if (inputTokens is null && outputTokens is null)
            return;
        lock (this)
        {
            _inputTokens += inputTokens ?? 0;
            _outputTokens += outputTokens ?? 0;
            _knowsInputTokens |= inputTokens is not null;
            _knowsOutputTokens |= outputTokens is not null;
        }
    }

    /// <summary>What someone else knows about the same work: it fills, as the span ends, what this span does not know by itself.</summary>
    public void Offer(Action<SpanOffer> fill)
    {
        lock (this)
        {
            if (!_ended)
                fill(_offer ??= new SpanOffer());
        }
    }

    /// <summary>Marks the span as failed by an exception.</summary>
    public void Fail(Exception exception)
    {
        if (!IsRecording)
            return;

        string type = exception.GetType().FullName ?? exception.GetType().Name;
        string? message = ErrorText.Of(exception, static e => e.Message);
        Fail(type, message);
        if (ReferenceEquals(Interlocked.Exchange(ref _lastException, exception), exception))
            return;

        var details = new ActivityTagsCollection { [OpenTelemetryAttributes.ExceptionType] = type };
        if (message is not null)
            details[OpenTelemetryAttributes.ExceptionMessage] = message;
        if (ErrorText.Of(exception, static e => e.ToString()) is { } stack)
            details[OpenTelemetryAttributes.ExceptionStackTrace] = stack;
        Activity.AddEvent(new ActivityEvent(OpenTelemetryAttributes.ExceptionEvent, tags: details));
    }

    /// <summary>Marks the span as failed; the message has been redacted.</summary>
    public void Fail(string errorType, string? message)
    {
        if (!IsRecording)
            return;
        Activity.SetTag(OpenTelemetryAttributes.ErrorType, errorType);
        Activity.SetStatus(ActivityStatusCode.Error, message);
    }

    /// <summary>Takes an earlier failure back.</summary>
    public void ClearFailure()
    {
        if (!IsRecording)
            return;
        Activity.SetTag(OpenTelemetryAttributes.ErrorType, null);
        Activity.SetStatus(ActivityStatusCode.Unset);
    }

    /// <summary>Ends the span, now or at a time in the past; the first call counts.</summary>
    public void End(DateTimeOffset? endTime = null)
    {
        lock (this)
        {
            if (_ended)
                return;
            WriteUsage();
            if (IsRecording)
                _offer?.Fill(Activity);
            WriteContent();
            _ended = true;
        }

        if (endTime is { } time)
            Activity.SetEndTime(time.UtcDateTime);
        CurrentActivity.Stop(Activity);
    }

    private bool IsRecording => !_ended && Activity.IsAllDataRequested;

    private void WriteUsage()
    {
        if (_knowsInputTokens)
            Set(GenAiAttributes.UsageInputTokens, _inputTokens);
        if (_knowsOutputTokens)
            Set(GenAiAttributes.UsageOutputTokens, _outputTokens);
    }

    private void WriteContent()
    {
        long truncated = 0;
        foreach ((string key, CapturedContent content) in _content ?? [])
        {
            Set(key, content.Text);
            truncated += content.TruncatedCharacters;
        }

        if (truncated > 0)
            Set(AgentTraceAttributes.ContentTruncated, truncated);
    }
}
