namespace AgentTrace.Package.Tests;

/// <summary>The source of users' apps, each with what the build is to find in it.</summary>
internal static class Sources
{
    public const string OpenTelemetry = """
        <PackageReference Include="OpenTelemetry" Version="1.20.1" />
        <PackageReference Include="OpenTelemetry.Exporter.OpenTelemetryProtocol" Version="1.20.1" />
        """;

    public const string AgentFramework = """<PackageReference Include="Microsoft.Agents.AI" Version="1.28.0" />""";

    /// <summary>Stands in for a model in either framework.</summary>
    public const string Model = """
        using System.Runtime.CompilerServices;
        using Microsoft.Extensions.AI;

        internal sealed class ScriptedModel(string reply) : IChatClient
        {
            public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
                Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply)) { ModelId = "scripted" });

            public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
                IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                yield return new ChatResponseUpdate(ChatRole.Assistant, reply);
            }

            public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

            public void Dispose()
            {
            }
        }
        """;

    /// <summary>A provider without the instrumentation (AGT1001, at the first agent) and an agent without a name (AGT1003).</summary>
    public const string AgentFrameworkApp = """
        using AgentTrace;
        using Microsoft.Agents.AI;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
            .AddOtlpExporter()
            .Build();

        AIAgent flights = new ChatClientAgent(new ScriptedModel("SK4467 at 09:40"), instructions: "Book flights.");
        Console.WriteLine((await flights.RunAsync("Oslo, Friday")).Text);
        """;

    /// <summary>The same with Semantic Kernel, and its agents in a file of their own.</summary>
    public const string KernelApp = """
        using AgentTrace;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
            .AddOtlpExporter()
            .Build();

        var desk = new Desk();
        await foreach (var answer in desk.Hotels.InvokeAsync("Lisbon, 12 May"))
            Console.WriteLine(answer.Message.Content);
        """;

    public const string KernelDesk = """
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;

        internal sealed class Desk
        {
            public ChatCompletionAgent Hotels { get; } = new() { Instructions = "Book rooms.", Kernel = Over("Grand Plaza, 120 EUR") };

            private static Kernel Over(string reply)
            {
                IKernelBuilder builder = Kernel.CreateBuilder();
                builder.Services.AddSingleton<IChatClient>(new ScriptedModel(reply));
                return builder.Build();
            }
        }
        """;
}
