using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.Recording;

/// <summary>
/// Calls the functions a model asks for and asks again, as Microsoft.Extensions.AI's FunctionInvokingChatClient does: spans of
/// its own only when the client inside gives it an activity source.
/// </summary>
internal sealed class FunctionLoopClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private readonly ActivitySource? _source = innerClient.GetService<ActivitySource>();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        List<ChatMessage> history = [.. messages];
        List<ChatMessage> produced = [];
        var usage = new UsageDetails();
        while (true)
        {
            ChatResponse response = await base.GetResponseAsync(history, options, cancellationToken);
            usage.Add(response.Usage ?? new());
            produced.AddRange(response.Messages);
            ChatMessage? results = await InvokeAsync(response.Messages, options, cancellationToken);
            if (results is null)
                return new ChatResponse(produced) { ModelId = response.ModelId, FinishReason = response.FinishReason, Usage = usage };
            history.AddRange([.. response.Messages, results]);
            produced.Add(results);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> history = [.. messages];
        while (true)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(history, options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
            }

            IList<ChatMessage> answer = updates.ToChatResponse().Messages;
            ChatMessage? results = await InvokeAsync(answer, options, cancellationToken);
            if (results is null)
                yield break;
            history.AddRange([.. answer, results]);
        }
    }

    private async Task<ChatMessage?> InvokeAsync(IEnumerable<ChatMessage> answer, ChatOptions? options, CancellationToken cancellationToken)
    {
        FunctionCallContent[] calls = [.. answer.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
        if (calls.Length == 0)
            return null;

        List<AIContent> results = [];
        foreach (FunctionCallContent call in calls)
        {
            using Activity? span = _source?.StartActivity($"execute_tool {call.Name}");
            span?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", call.Name);
            AIFunction function = options!.Tools!.OfType<AIFunction>().Single(tool => tool.Name == call.Name);
            results.Add(new FunctionResultContent(call.CallId, await function.InvokeAsync(new(call.Arguments), cancellationToken)));
        }

        return new ChatMessage(ChatRole.Tool, results);
    }
}
