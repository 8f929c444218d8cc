using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.SemanticKernel.Diagnostics;

/// <summary>Writes <c>invoke_agent</c> and <c>chat</c> when a switch is on; listeners see what names the span at its start.</summary>
internal static class ModelDiagnostics
{
    private static readonly ActivitySource Source = new("Microsoft.SemanticKernel.Diagnostics");

    private static bool Enabled => DiagnosticsSwitch.On && Source.HasListeners();

    public static Activity? StartAgent(string id, string name, string? description, Kernel kernel, IEnumerable<ChatMessageContent> messages)
    {
        if (!Enabled)
            return null;
        Activity? activity = Source.StartActivity(
            $"invoke_agent {name}",
            ActivityKind.Internal,
            default(ActivityContext),
            [Tag("gen_ai.operation.name", "invoke_agent"), Tag("gen_ai.agent.id", id), Tag("gen_ai.agent.name", name)]);
        if (!string.IsNullOrWhiteSpace(description))
            activity?.SetTag("gen_ai.agent.description", description);
        if (kernel.Plugins.Count > 0)
            activity?.SetTag("gen_ai.tool.definitions", MessageFormat.Tools(kernel));
        if (DiagnosticsSwitch.Sensitive)
            activity?.SetTag("gen_ai.input.messages", MessageFormat.Messages(messages));
        return activity;
    }

    public static void SetAgentResponse(Activity? activity, IEnumerable<ChatMessageContent> replies)
    {
        if (DiagnosticsSwitch.Sensitive)
            activity?.SetTag("gen_ai.output.messages", MessageFormat.Messages(replies));
    }

    /// <summary>The leak: what was streamed is written whether or not content is wanted.</summary>
    public static void SetAgentStream(Activity? activity, IReadOnlyList<StreamingChatMessageContent> updates)
    {
        IEnumerable<ChatMessageContent> choices = updates.GroupBy(update => update.ChoiceIndex).Select(choice =>
            new ChatMessageContent(choice.Last().Role ?? ChatCompletion.AuthorRole.Assistant, string.Concat(choice)));
        activity?.SetTag("gen_ai.output.messages", MessageFormat.Messages(choices));
    }

    public static Activity? StartChat(string model, string provider, IEnumerable<ChatMessageContent> messages)
    {
        if (!Enabled)
            return null;
        Activity? activity = Source.StartActivity(
            $"chat {model}",
            ActivityKind.Client,
            default(ActivityContext),
            [Tag("gen_ai.operation.name", "chat"), Tag("gen_ai.system", provider), Tag("gen_ai.request.model", model)]);
        if (DiagnosticsSwitch.Sensitive)
        {
            foreach (ChatMessageContent message in messages)
                AddEvent(activity, $"gen_ai.{message.Role}.message", MessageFormat.Message(message), Tag("gen_ai.system", provider));
        }

        return activity;
    }

    public static void SetChatResponse(Activity? activity, ChatMessageContent reply, int? inputTokens, int? outputTokens)
    {
        if (activity is null)
            return;
        if (inputTokens is not null)
            activity.SetTag("gen_ai.usage.input_tokens", inputTokens);
        if (outputTokens is not null)
            activity.SetTag("gen_ai.usage.output_tokens", outputTokens);
        object? reason = reply.Metadata?.GetValueOrDefault("FinishReason");
        activity.SetTag("gen_ai.response.finish_reason", JsonSerializer.Serialize(new[] { reason as string ?? "N/A" }));
        if (reply.Metadata?.GetValueOrDefault("Id") is string id)
            activity.SetTag("gen_ai.response.id", id);
        if (DiagnosticsSwitch.Sensitive)
            AddEvent(activity, "gen_ai.choice", MessageFormat.Choice(reply, reason));
    }

    public static void SetError(Activity? activity, Exception exception)
    {
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static void AddEvent(Activity? activity, string name, string content, params KeyValuePair<string, object?>[] tags) =>
        activity?.AddEvent(new ActivityEvent(name, tags: [new("gen_ai.event.content", content), .. tags]));
}
