namespace Microsoft.Extensions.AI;

/// <summary>The calls of one answer of a model, and the message that answers them.</summary>
internal sealed class FunctionCalls(
    IList<ChatMessage> history, IEnumerable<ChatMessage> replies, ChatOptions? options, int iteration, bool isStreaming)
{
    private readonly FunctionCallContent[] _calls = [.. replies.SelectMany(reply => reply.Contents).OfType<FunctionCallContent>()];

    /// <summary>Null until a call is answered.</summary>
    public ChatMessage? Answer { get; private set; }

    /// <summary>One context a call whose function is known; a call of an unknown function is left to the caller.</summary>
    public IEnumerable<FunctionInvocationContext> Contexts(IServiceProvider? services)
    {
        for (int index = 0; index < _calls.Length; index++)
        {
            FunctionCallContent call = _calls[index];
            if (options?.Tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name) is not { } function)
                continue;
            yield return new FunctionInvocationContext
            {
                Function = function,
                Arguments = new AIFunctionArguments(call.Arguments) { Services = services },
                CallContent = call,
                Messages = history,
                Options = options,
                Iteration = iteration,
                FunctionCallIndex = index,
                FunctionCount = _calls.Length,
                IsStreaming = isStreaming,
            };
        }
    }

    public void Add(FunctionResultContent result)
    {
        if (Answer is null)
            history.Add(Answer = new ChatMessage(ChatRole.Tool, []));
        Answer.Contents.Add(result);
    }
}
