using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using TextContent = Microsoft.Extensions.AI.TextContent;

namespace SemanticKernel.TravelDesk;

/// <summary>The desk's agents. Nothing in here knows of tracing.</summary>
internal static class Desk
{
    public static ChatCompletionAgent Concierge() => Agent("Concierge", "talks to the customer", [], Handover("Hotels"), new TextContent("Hotels takes over."));

    public static ChatCompletionAgent Hotels() => Agent("Hotels", "books rooms",
        [KernelPluginFactory.CreateFromFunctions("hotels", [KernelFunctionFactory.CreateFromMethod(Book, "book", "Books a room.")])],
        new FunctionCallContent("call_2", "hotels_book", new Dictionary<string, object?> { ["city"] = "Lisbon" }),
        // The tool has failed, and the model does not care.
        new TextContent("Your room at the Grand Plaza Lisbon is confirmed."));

    private static string Book(string city) => throw new HttpRequestException($"503 Service Unavailable: no answer about {city}");

    private static FunctionCallContent Handover(string agent) => new("call_1", $"HandoffPlugin_transfer_to_{agent}", new Dictionary<string, object?>());

    private static ChatCompletionAgent Agent(string name, string description, KernelPlugin[] plugins, params AIContent[] script)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
#if SEMANTIC_KERNEL_PACKAGES
        if (Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } key)
            builder.AddOpenAIChatCompletion(Environment.GetEnvironmentVariable("OPENAI_MODEL") ?? "gpt-5-mini", key);
        else
#endif
            builder.Services.AddSingleton(new ScriptedModel(script).AsBuilder().UseKernelFunctionInvocation().Build());
        Kernel kernel = builder.Build();
        foreach (KernelPlugin plugin in plugins)
            kernel.Plugins.Add(plugin);
        return new ChatCompletionAgent
        {
            Name = name,
            Description = description,
            Instructions = $"You are {name}: one who {description}.",
            Kernel = kernel,
            Arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }),
        };
    }
}
