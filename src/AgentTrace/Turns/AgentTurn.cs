using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Diagnostics;
using AgentTrace.Glue;
using AgentTrace.Handoffs;
using AgentTrace.Spans;
using Microsoft.Extensions.AI;

namespace AgentTrace;

/// <summary>One turn of one agent: the span <c>invoke_agent {name}</c>, the unit that a failure is attributed to.</summary>
/// <remarks>
/// No member throws because of telemetry, all may be called from several threads, and after the end they do nothing.
/// When nobody listens, starting a turn allocates nothing.
/// </remarks>
public sealed class AgentTurn : IDisposable
{
    private const string OtherError = "_OTHER";
    private const string BetweenTurns = "between_turns";
    private static readonly AgentTurn s_notRecorded = new(null, null, null);

    private readonly TracedSpan? _span;
    private string? _agentName;

    private AgentTurn(TracedSpan? span, AgentRun? run, string? agentName)
    {
        _span = span;
        _agentName = agentName;
        if (span is null)
            return;
        span.Turn = this;
        span.Run = run;
    }

    /// <summary>
    /// The turn around the calling code: the nearest that <see cref="Activity.Current"/> or a parent of it belongs to; null outside any.
    /// </summary>
    public static AgentTurn? Current => Around(Activity.Current);

    /// <summary>The turn's span; null when nobody listens or the trace is not sampled.</summary>
    public Activity? Activity => _span?.Activity;

    /// <summary>
    /// Starts a turn of the run around it and makes its span current; <see cref="Dispose"/> or <see cref="End"/> ends it.
    /// </summary>
    /// <param name="agentName">The agent's name: few different ones, no ids. A blank name leaves the span unnamed.</param>
    /// <param name="options">What is known already.</param>
    /// <remarks>A turn outside any run is recorded too; it has no index, and handoffs do not reach it.</remarks>
    public static AgentTurn Start(string agentName, AgentTurnOptions? options = null)
    {
        if (!TracedSpan.HasListeners)
            return s_notRecorded;
        return Start(
            new TurnStart(agentName)
            {
                AgentId = options?.AgentId,
                Description = options?.Description,
                ConversationId = options?.ConversationId,
                Kind = options?.Kind ?? ActivityKind.Internal,
            },
            AgentRun.Current,
            joined: null,
            options?.StartTime,
            options?.Consumes);
    }

    /// <summary>Starts a turn of <paramref name="run"/>.</summary>
    /// <param name="start">What is known of it.</param>
    /// <param name="run">Its run; null outside any.</param>
    /// <param name="joined">The run again, if it has ended and the app has no span open that could lead to it.</param>
    /// <param name="startTime">When it started; null for now.</param>
    /// <param name="consumes">Earlier turns whose outcome it works on.</param>
    internal static AgentTurn Start(
        in TurnStart start,
        AgentRun? run,
        AgentRun? joined,
        DateTimeOffset? startTime = null,
        IReadOnlyList<ActivityContext>? consumes = null)
    {
        string agentName = start.AgentName;
        IReadOnlyList<PendingHandoff> handoffs = run?.Handoffs.Take(agentName) ?? [];
        var tags = new SpanTags
        {
            { GenAiAttributes.AgentName, agentName },
            { GenAiAttributes.AgentId, start.AgentId },
            { GenAiAttributes.AgentDescription, start.Description },
            { GenAiAttributes.ConversationId, start.ConversationId ?? run?.ConversationId },
            { AgentTraceAttributes.HandoffFrom, handoffs.Count > 0 ? handoffs[^1].From : null },
        };
        TracedSpan? span = TracedSpan.Start(
            GenAiOperations.InvokeAgent,
            agentName,
            start.Kind,
            tags,
            startTime,
            Links(handoffs, consumes),
            joined?.Activity?.Context ?? default);
        if (span is null)
            return s_notRecorded;

        // Counted only once the span exists, so that turns which are not recorded leave no gap.
        var turn = new AgentTurn(span, run, agentName);
        turn.Count();
        return turn;
    }

    /// <summary>Links to what the turn consumes. A turn may be named twice: it handed over again, or the caller lists it as well.</summary>
    private static ActivityLink[]? Links(IReadOnlyList<PendingHandoff> handoffs, IReadOnlyList<ActivityContext>? consumes) =>
        handoffs.Count == 0 && consumes is null or { Count: 0 }
            ? null
            : [.. handoffs.Select(handoff => handoff.Turn).Concat(consumes ?? []).Distinct().Select(HandoffLedger.ConsumedLink)];

    /// <summary>Starts a turn that may turn out to be none; it has no index yet, and perhaps no name.</summary>
    internal static AgentTurn StartUncounted(string? agentName, PendingHandoff? from)
    {
        var tags = new SpanTags
        {
            { GenAiAttributes.AgentName, agentName },
            { AgentTraceAttributes.HandoffFrom, from?.From },
        };
        TracedSpan? span = TracedSpan.Start(
            GenAiOperations.InvokeAgent, agentName, ActivityKind.Internal, tags, links: from is { } sender ? [HandoffLedger.ConsumedLink(sender.Turn)] : null);
        return span is null ? s_notRecorded : new AgentTurn(span, AgentRun.Current, agentName);
    }

    /// <summary>Gives the turn its place in the run.</summary>
    internal void Count()
    {
        if (_span?.Run is { } run)
            _span.Set(AgentTraceAttributes.TurnIndex, run.NextTurnIndex());
    }

    /// <summary>Names a turn that was started without knowing whose it would be; who handed over to that agent is known then too.</summary>
    internal void Name(string agentName)
    {
        if (_span is null || _agentName == agentName)
            return;
        _agentName = agentName;
        _span.Activity.DisplayName = GenAiOperations.SpanName(GenAiOperations.InvokeAgent, agentName);
        _span.Set(GenAiAttributes.AgentName, agentName);
    }

    /// <summary>It was no turn, yet steps hang under its span: that becomes one of no GenAI operation.</summary>
    internal void BecomeBetweenTurns()
    {
        if (_span is null)
            return;
        _span.Activity.DisplayName = BetweenTurns;
        _span.Set(GenAiAttributes.OperationName, null);
        _span.Set(AgentTraceAttributes.HandoffFrom, null);
    }

    /// <summary>Takes the handoffs that wait for this turn's agent.</summary>
    internal void TakeHandoffs()
    {
        if (_span?.Run?.Handoffs.Take(_agentName) is [.., var last])
            _span.Set(AgentTraceAttributes.HandoffFrom, last.From);
    }

    /// <summary>What a handoff from this turn points back to.</summary>
    internal PendingHandoff? AsSender => _span is null ? null : new PendingHandoff(_agentName, _span.Activity.Context);

    /// <summary>Content: what the agent is given, as one user message.</summary>
    public void SetInput(string text) => _span?.Capture(GenAiAttributes.InputMessages, text, MessagesJson.InputText);

    /// <summary>Content: what the agent is given. Read only where content is captured.</summary>
    public void SetInput(IEnumerable<ChatMessage> messages) => _span?.Capture(GenAiAttributes.InputMessages, messages, MessagesJson.Input);

    /// <summary>Content: what the agent says, as one assistant message.</summary>
    public void SetOutput(string text) => _span?.Capture(GenAiAttributes.OutputMessages, text, MessagesJson.OutputText);

    /// <summary>Content: what the agent says. Read only where content is captured.</summary>
    public void SetOutput(IEnumerable<ChatMessage> messages) => SetOutput(messages, ChatFinishReason.Stop);

    /// <summary>Adds to the tokens this turn used. Clients made by <c>WithAgentTrace</c> do so by themselves.</summary>
    /// <param name="inputTokens">Tokens in the prompt.</param>
    /// <param name="outputTokens">Tokens in the answer.</param>
    public void AddUsage(long inputTokens, long outputTokens) => _span?.AddUsage(inputTokens, outputTokens);

    /// <summary>
    /// This turn hands the conversation to <paramref name="agentName"/>, whose next turn in this run will point back here.
    /// </summary>
    /// <param name="agentName">The agent that goes on. A blank name is ignored; the event source <c>AgentTrace-SDK</c> warns.</param>
    /// <remarks>
    /// A turn may hand over to several agents: each points back; the attribute <c>agenttrace.handoff.to</c> holds the last.
    /// </remarks>
    public void HandOffTo(string agentName)
    {
        if (_span is null || _span.HasEnded)
            return;
        if (string.IsNullOrWhiteSpace(agentName))
        {
            AgentTraceEventSource.Log.HandoffWithoutTarget(_agentName ?? "");
            return;
        }

        _span.Set(AgentTraceAttributes.HandoffTo, agentName);
        _span.Run?.Handoffs.Add(agentName, new PendingHandoff(_agentName, _span.Activity.Context));
    }

    /// <summary>
    /// The turn failed: its span becomes an error and the exception an event. Called again, the last failure's type and message hold.
    /// </summary>
    public void Fail(Exception exception)
    {
        if (exception is not null)
            _span?.Fail(exception);
    }

    /// <summary>The turn failed: its span becomes an error. Called again, the last failure's type and message hold.</summary>
    /// <param name="message">What went wrong, in words. Written whether content is captured or not, its secrets redacted.</param>
    /// <param name="errorType">The kind of error: one of few short words, for example <c>timeout</c>.</param>
    public void Fail(string message, string errorType = OtherError) =>
        _span?.Fail(errorType, message is null ? null : ErrorText.Of(message));

    /// <summary>The caller stopped reading the turn's stream before its end.</summary>
    public void Abandon() => _span?.Set(AgentTraceAttributes.TurnOutcome, AgentTraceAttributes.AbandonedOutcome);

    /// <summary>Ends the turn at a time that may lie in the past.</summary>
    public void End(DateTimeOffset endTime) => _span?.End(endTime);

    /// <summary>Ends the turn now, unless it has ended.</summary>
    public void Dispose() => _span?.End();

    internal void SetOutput(IEnumerable<ChatMessage> messages, ChatFinishReason? reason) =>
        _span?.Capture(GenAiAttributes.OutputMessages, (messages, reason), MessagesJson.Output);

    internal void AddUsage(UsageDetails? usage) => _span?.AddUsage(usage?.InputTokenCount, usage?.OutputTokenCount);

    /// <summary>The turn whose span <paramref name="activity"/> is, or null for a span of someone else's.</summary>
    internal static AgentTurn? Of(Activity activity) => TracedSpan.Of(activity)?.Turn;

    /// <summary>The turn that <paramref name="activity"/> belongs to, or null.</summary>
    internal static AgentTurn? Around(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
            if (Of(activity) is { } turn)
                return turn;
        return null;
    }

    internal void SetConversationId(string conversationId) => _span?.Set(GenAiAttributes.ConversationId, conversationId);
}
