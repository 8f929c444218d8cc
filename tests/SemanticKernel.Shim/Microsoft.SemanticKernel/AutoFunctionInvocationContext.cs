using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCall = Microsoft.Extensions.AI.FunctionCallContent;

namespace Microsoft.SemanticKernel;

/// <summary>What a filter of model-made calls sees.</summary>
public class AutoFunctionInvocationContext : Microsoft.Extensions.AI.FunctionInvocationContext
{
    public AutoFunctionInvocationContext(
        Kernel kernel, KernelFunction function, FunctionResult result, ChatHistory chatHistory, ChatMessageContent chatMessageContent)
    {
        Kernel = kernel;
        base.Function = function;
        Result = result;
        ChatHistory = chatHistory;
        ChatMessageContent = chatMessageContent;
    }

    public CancellationToken CancellationToken { get; init; }

    public new KernelArguments? Arguments
    {
        get => base.Arguments as KernelArguments;
        init => base.Arguments = value ?? [];
    }

    /// <summary>How many requests to the model came before, from 0.</summary>
    public int RequestSequenceIndex
    {
        get => Iteration;
        init => Iteration = value;
    }

    public int FunctionSequenceIndex
    {
        get => FunctionCallIndex;
        init => FunctionCallIndex = value;
    }

    public string? ToolCallId
    {
        get => CallContent.CallId;
        init => CallContent = new FunctionCall(value ?? "", CallContent.Name, CallContent.Arguments);
    }

    public ChatMessageContent ChatMessageContent { get; }

    public PromptExecutionSettings? ExecutionSettings { get; init; }

    public ChatHistory ChatHistory { get; }

    public new KernelFunction Function => (KernelFunction)base.Function;

    public Kernel Kernel { get; }

    public FunctionResult Result { get; set; }
}
