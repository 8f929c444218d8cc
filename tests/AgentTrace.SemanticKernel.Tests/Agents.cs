using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.ChatCompletion;
using SemanticKernel.Shim.TestKit;

namespace AgentTrace.SemanticKernel.Tests;

/// <summary>Agents over scripted models, made as users make theirs.</summary>
internal static class Agents
{
    public static ChatCompletionAgent Scripted(string name, params ScriptedReply[] replies) =>
        Over(name, new ScriptedChatCompletion(replies) { WritesChatSpans = true });

    public static ChatCompletionAgent Over(string name, IChatCompletionService service, params KernelPlugin[] plugins)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(service);
        Kernel kernel = builder.Build();
        foreach (KernelPlugin plugin in plugins)
            kernel.Plugins.Add(plugin);
        return new ChatCompletionAgent
        {
            Name = name,
            Description = $"{name} helps.",
            Instructions = $"You are {name}.",
            Kernel = kernel,
            Arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }),
        };
    }

    public static KernelPlugin Hotels(Func<string, string> book) =>
        KernelPluginFactory.CreateFromFunctions("hotels", [KernelFunctionFactory.CreateFromMethod(book, "book")]);

    public static async Task<List<ChatMessageContent>> ReadAsync(IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> items)
    {
        List<ChatMessageContent> messages = [];
        await foreach (AgentResponseItem<ChatMessageContent> item in items)
            messages.Add(item.Message);
        return messages;
    }

    public static async Task<string> ReadAsync(IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> items)
    {
        string text = "";
        await foreach (AgentResponseItem<StreamingChatMessageContent> item in items)
            text += item.Message.Content;
        return text;
    }
}
