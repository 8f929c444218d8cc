using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Spans;
using Microsoft.Extensions.AI;

namespace AgentTrace.ChatClients;

/// <summary>One request to a model: the span <c>chat {model}</c>.</summary>
internal sealed class ChatCall
{
    private readonly TracedSpan _span;

    private ChatCall(TracedSpan span) => _span = span;

    public Activity Activity => _span.Activity;

    /// <summary>Starts the span and makes it current; null when it is not sampled.</summary>
    public static ChatCall? Start(ChatClientMetadata? metadata, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        string? model = options?.ModelId ?? metadata?.DefaultModelId;
        Uri? server = metadata?.ProviderUri is { IsAbsoluteUri: true } uri ? uri : null;
        var tags = new SpanTags
        {
            { GenAiAttributes.ProviderName, metadata?.ProviderName },
            { GenAiAttributes.RequestModel, model },
            { OpenTelemetryAttributes.ServerAddress, server?.Host },
            { OpenTelemetryAttributes.ServerPort, server?.Port },
            { GenAiAttributes.ConversationId, options?.ConversationId },
            { GenAiAttributes.RequestTemperature, (double?)options?.Temperature },
            { GenAiAttributes.RequestTopP, (double?)options?.TopP },
            { GenAiAttributes.RequestMaxTokens, options?.MaxOutputTokens },
        };
        TracedSpan? span = TracedSpan.Start(GenAiOperations.Chat, model, ActivityKind.Client, tags);
        if (span is null)
            return null;

        if (options?.Instructions is { } instructions)
            span.Capture(GenAiAttributes.SystemInstructions, instructions, MessagesJson.Instructions);
        span.Capture(GenAiAttributes.InputMessages, messages, MessagesJson.Input);
        return new ChatCall(span);
    }

    /// <summary>Records the answer, or what has come of it so far.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="reason">Why it ended; null where it did not end by itself.</param>
    public void SetResponse(ChatResponse response, ChatFinishReason? reason)
    {
        _span.Set(GenAiAttributes.ResponseModel, response.ModelId);
        _span.Set(GenAiAttributes.ResponseId, response.ResponseId);
        if (response.FinishReason is { } reported)
            _span.Set(GenAiAttributes.ResponseFinishReasons, new[] { reported.Value });
        if (response.ConversationId is { } conversation)
            _span.Set(GenAiAttributes.ConversationId, conversation);
        _span.AddUsage(response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount);
        _span.Capture(GenAiAttributes.OutputMessages, ((IEnumerable<ChatMessage>)response.Messages, reason), MessagesJson.Output);
    }

    public void Abandon() => _span.Set(AgentTraceAttributes.TurnOutcome, AgentTraceAttributes.AbandonedOutcome);

    public void Fail(Exception exception) => _span.Fail(exception);

    public void End() => _span.End();
}
