using AgentTrace.SpanKit;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Tests;

public sealed class SkippedCallTests
{
    [Fact]
    public async Task BaseCall_IsLeftAlone_NoCircleAndOneTurn()
    {
        using var spans = new RecordedSpans();
        GeneratedApp app = GeneratedApp.Build(CustomAgent.App("""
            var loud = new LoudAgent { Name = "Loud" };
            await foreach (var m in loud.InvokeAsync(new[] { new ChatMessageContent(AuthorRole.User, "hi") })) { }
            """) + """

            internal sealed class LoudAgent : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread thread = null, AgentInvokeOptions options = null, CancellationToken cancellationToken = default) =>
                    base.InvokeAsync(messages, thread, options, cancellationToken);
            }
            """);

        await app.RunAsync();

        Assert.Single(spans.Turns);
        Assert.Empty(app.Result.Diagnostics);
    }

    [Fact]
    public async Task PrivateReceiver_IsLeftAlone()
    {
        GeneratedApp app = GeneratedApp.Build(CustomAgent.App("""
            var hidden = new Hidden { Name = "Hidden" };
            await foreach (var m in hidden.InvokeAsync(new List<ChatMessageContent>())) { }
            """, """
            private sealed class Hidden : EchoAgent
            {
                public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread thread = null, AgentInvokeOptions options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default) { await Task.Yield(); yield break; }
            }
            """));

        await app.RunAsync();

        Assert.Empty(app.Result.GeneratedSources);
        Assert.Empty(app.Result.Diagnostics);
    }

    [Fact]
    public void OrchestrationOfAPrivateType_IsIntercepted_TheInterceptorNamesNoTypeArgument()
    {
        GeneratedApp app = GeneratedApp.Build(CustomAgent.App("""
            await using var runtime = new Microsoft.SemanticKernel.Agents.Runtime.InProcess.InProcessRuntime();
            await new Microsoft.SemanticKernel.Agents.Orchestration.Sequential.SequentialOrchestration<Question, string>(agent).InvokeAsync(new Question(), runtime);
            """, "private sealed class Question { }"));

        Assert.NotEmpty(app.Result.GeneratedSources);
        Assert.DoesNotContain(app.Compilation.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task DelegateAndReflection_AreLeftAlone()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("""
            Func<ICollection<ChatMessageContent>, AgentThread, AgentInvokeOptions, CancellationToken, IAsyncEnumerable<AgentResponseItem<ChatMessageContent>>> call = agent.InvokeAsync;
            await foreach (var m in call(new List<ChatMessageContent>(), null, null, default)) { }
            """)).RunAsync();

        Assert.Empty(spans.Turns);
    }

    [Fact]
    public void MethodsOfTheSameNameElsewhere_AreNoCallsOfAgents()
    {
        GeneratedApp app = GeneratedApp.Build("""
            using System.Threading.Tasks;
            public static class App { public static Task RunAsync() => new Other().InvokeAsync(); }
            public sealed class Other { public Task InvokeAsync() => Task.CompletedTask; }
            """);

        Assert.Empty(app.Result.GeneratedSources);
        Assert.Empty(app.Result.Diagnostics);
    }

    [Fact]
    public void PreviewOfAgentFrameworkWithOtherNames_IsLeftAlone()
    {
        GeneratedApp app = GeneratedApp.Build("""
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Microsoft.Agents.AI;
            public static class App
            {
                public static async Task RunAsync()
                {
                    await new AIAgent().RunAsync("hi");
                    await foreach (AgentRunResponseUpdate update in new AIAgent().RunStreamingAsync("hi")) { }
                }
            }

            namespace Microsoft.Agents.AI
            {
                public sealed class AgentRunResponse { }
                public sealed class AgentRunResponseUpdate { }
                public class AIAgent
                {
                    public Task<AgentRunResponse> RunAsync(string message) => Task.FromResult(new AgentRunResponse());
                    public async IAsyncEnumerable<AgentRunResponseUpdate> RunStreamingAsync(string message) { await Task.Yield(); yield break; }
                }
            }
            """);

        Assert.Empty(app.Result.GeneratedSources);
        Assert.Empty(app.ProblemsOfTheGlue);
    }
}
