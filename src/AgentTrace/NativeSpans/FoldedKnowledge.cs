using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Spans;

namespace AgentTrace.NativeSpans;

/// <summary>Hands what a folded span knew to the span that is exported in its place.</summary>
internal static class FoldedKnowledge
{
    private static readonly string[] s_ofAgents =
    [
        GenAiAttributes.ProviderName, GenAiAttributes.ResponseModel, GenAiAttributes.ResponseFinishReasons,
        GenAiAttributes.ConversationId, GenAiAttributes.AgentId, GenAiAttributes.AgentDescription,
        GenAiAttributes.SystemInstructions, GenAiAttributes.InputMessages, GenAiAttributes.OutputMessages,
    ];

    private static readonly string[] s_ofChats =
    [
        GenAiAttributes.ProviderName, GenAiAttributes.RequestModel, GenAiAttributes.ResponseModel, GenAiAttributes.ResponseId,
        GenAiAttributes.ResponseFinishReasons, GenAiAttributes.ConversationId,
        GenAiAttributes.SystemInstructions, GenAiAttributes.InputMessages, GenAiAttributes.OutputMessages,
    ];

    private static readonly string[] s_ofTools =
    [
        GenAiAttributes.ToolCallId, GenAiAttributes.ToolDescription, GenAiAttributes.ToolType,
        GenAiAttributes.ToolCallArguments, GenAiAttributes.ToolCallResult,
    ];

    public static void Give(Activity folded, Activity host)
    {
        string[] keys = SpanAncestry.Operation(host) switch
        {
            GenAiOperations.InvokeAgent => s_ofAgents,
            GenAiOperations.Chat => s_ofChats,
            _ => s_ofTools,
        };
        if (TracedSpan.Of(host) is { } ours)
            ours.Offer(offer => Fill(offer, folded, keys));
        else if (!host.IsStopped)
            Give(folded, host, keys);
    }

    private static void Fill(SpanOffer offer, Activity folded, string[] keys)
    {
        foreach (string key in keys)
            if (folded.GetTagItem(key) is { } value)
                offer.Set(key, value);
        offer.AddUsage(Tokens(folded, GenAiAttributes.UsageInputTokens), Tokens(folded, GenAiAttributes.UsageOutputTokens));
        offer.Failure = SpanFailure.Of(folded);
    }

    private static void Give(Activity folded, Activity host, string[] keys)
    {
        foreach (string key in keys)
            if (host.GetTagItem(key) is null && folded.GetTagItem(key) is { } value)
                host.SetTag(key, value);
        (NativeSpan.Of(host) ?? NativeSpan.Attach(host)).Failure = SpanFailure.Of(folded);
    }

    private static long? Tokens(Activity activity, string key) => activity.GetTagItem(key) switch
    {
        int tokens => tokens,
        long tokens => tokens,
        _ => null,
    };
}
