using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Microsoft.Extensions.AI;

/// <summary>The <c>chat</c> span of Microsoft.Extensions.AI. It starts bare: listeners see name and kind, no attribute yet.</summary>
internal static class ChatSpan
{
    public static Activity? Start(ActivitySource source, string? model, string? provider, ChatOptions? options, bool streaming)
    {
        Activity? activity = source.StartActivity(string.IsNullOrWhiteSpace(model) ? "chat" : $"chat {model}", ActivityKind.Client);
        activity?.AddTag("gen_ai.operation.name", "chat");
        activity?.AddTag("gen_ai.request.model", model);
        activity?.AddTag("gen_ai.provider.name", provider);
        if (streaming)
            activity?.AddTag("gen_ai.request.stream", true);
        if (options?.ConversationId is { } conversation)
            activity?.AddTag("gen_ai.conversation.id", conversation);
        return activity;
    }

    public static void SetInput(Activity? activity, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (!string.IsNullOrWhiteSpace(options?.Instructions))
        {
            object[] instructions = [new { type = "text", content = options.Instructions }];
            activity?.AddTag("gen_ai.system_instructions", JsonSerializer.Serialize(instructions));
        }

        activity?.AddTag("gen_ai.input.messages", Messages(messages));
    }

    public static void SetResponse(Activity? activity, ChatResponse response, bool sensitive)
    {
        if (activity is null)
            return;
        if (sensitive)
            activity.AddTag("gen_ai.output.messages", Messages(response.Messages));
        if (response.FinishReason is { } reason)
            activity.AddTag("gen_ai.response.finish_reasons", $"[\"{reason.Value}\"]");
        if (!string.IsNullOrWhiteSpace(response.ResponseId))
            activity.AddTag("gen_ai.response.id", response.ResponseId);
        if (response.ModelId is not null)
            activity.AddTag("gen_ai.response.model", response.ModelId);
        if (response.Usage?.InputTokenCount is { } input)
            activity.AddTag("gen_ai.usage.input_tokens", (int)input);
        if (response.Usage?.OutputTokenCount is { } output)
            activity.AddTag("gen_ai.usage.output_tokens", (int)output);
    }

    public static void SetError(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    private static string Messages(IEnumerable<ChatMessage> messages) => JsonSerializer.Serialize(messages.Select(message =>
        new { role = message.Role.Value, parts = message.Contents.Select(Part).Where(part => part is not null) }));

    private static object? Part(AIContent content) => content switch
    {
        TextContent text => new { type = "text", content = text.Text },
        FunctionCallContent call => new { type = "tool_call", id = call.CallId, name = call.Name, arguments = call.Arguments },
        FunctionResultContent result => new
        {
            type = "tool_call_response",
            id = result.CallId,
            response = Convert.ToString(result.Result, CultureInfo.InvariantCulture),
        },
        _ => null,
    };
}
