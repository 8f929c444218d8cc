using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Wiring;

public sealed class CallIsNotInterceptedTests
{
    [Theory]
    [InlineData("await foreach (var m in agent.InvokeAsync(\"hi\")) { }")]
    [InlineData("await foreach (var m in agent?.InvokeStreamingAsync(\"hi\")!) { }")]
    [InlineData("Func<object> call = () => agent.InvokeAsync(\"hi\");")]
    [InlineData("dynamic text = \"hi\"; Console.WriteLine(text.InvokeAsync());")]
    [InlineData("Console.WriteLine(nameof(agent.InvokeAsync));")]
    [InlineData("Console.WriteLine(typeof(EchoAgent).GetMethod(\"ToString\"));")]
    [InlineData("Func<string> name = agent.ToString!;")]
    public Task OrdinaryUse_IsFine(string use) => VerifyAsync<EmptyCodeFixProvider>(Method(use));

    [Theory]
    [InlineData("dynamic it = agent; foreach (var m in it.{|AGT1002:InvokeAsync|}(\"hi\")) { }")]
    [InlineData("foreach (var m in ((dynamic)agent).{|AGT1002:InvokeAsync|}(\"hi\")) { }")]
    [InlineData("dynamic text = \"hi\"; foreach (var m in agent.{|AGT1002:InvokeAsync|}(text)) { }")]
    [InlineData("Console.WriteLine(typeof(EchoAgent).{|AGT1002:GetMethod|}(\"InvokeAsync\"));")]
    [InlineData("Console.WriteLine(agent.GetType().{|AGT1002:GetMethod|}(\"InvokeAsync\"));")]
    public Task CallBoundAtRunTime_IsReported(string use) => VerifyAsync<EmptyCodeFixProvider>(Method(use));

    [Fact]
    public Task MethodGroup_IsReportedAndCalledInALambda() => VerifyAsync<CallInLambdaFix>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        delegate IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> Ask(ICollection<ChatMessageContent> messages, AgentThread? thread, AgentInvokeOptions? options, CancellationToken cancellationToken);
        class Desk
        {
            readonly EchoAgent _agent = new();
            void Take(Ask ask) { }
            void Run(ChatCompletionAgent agent, AgentThread thread)
            {
                Ask ask = agent.{|AGT1002:InvokeAsync|};
                Take(_agent.{|AGT1002:InvokeAsync|});
                Take(new Ask(agent.{|AGT1002:InvokeAsync|}));
            }
        }
        """,
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        delegate IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> Ask(ICollection<ChatMessageContent> messages, AgentThread? thread, AgentInvokeOptions? options, CancellationToken cancellationToken);
        class Desk
        {
            readonly EchoAgent _agent = new();
            void Take(Ask ask) { }
            void Run(ChatCompletionAgent agent, AgentThread thread)
            {
                Ask ask = (messages, thread1, options, cancellationToken) => agent.InvokeAsync(messages, thread1, options, cancellationToken);
                Take((messages, thread1, options, cancellationToken) => _agent.InvokeAsync(messages, thread1, options, cancellationToken));
                Take(new Ask((messages, thread1, options, cancellationToken) => agent.InvokeAsync(messages, thread1, options, cancellationToken)));
            }
        }
        """);

    [Fact]
    public Task MethodGroupOfWhatIsMadeInPlace_IsReportedButNotMoved() => VerifyAsync<CallInLambdaFix>(Method("Func<ICollection<ChatMessageContent>, AgentThread?, AgentInvokeOptions?, CancellationToken, object> ask = new EchoAgent().{|AGT1002:InvokeAsync|};"));

    [Fact]
    public Task PrivateAgentClass_IsReportedAndMadeInternal() => VerifyAsync<MakeInternalFix>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(Loud loud, Quiet quiet, List<ChatMessageContent> messages)
            {
                await foreach (var m in loud.{|AGT1002:InvokeAsync|}(messages)) { }
                await foreach (var m in loud.{|AGT1002:InvokeAsync|}(messages)) { }
                await foreach (var m in quiet.{|AGT1002:InvokeAsync|}(messages)) { }
                await foreach (var m in loud.InvokeStreamingAsync(messages)) { }
            }

            private sealed class Loud : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => base.InvokeAsync(messages, thread, options, cancellationToken);
            }

            class Quiet : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
            }
        }
        """,
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(Loud loud, Quiet quiet, List<ChatMessageContent> messages)
            {
                await foreach (var m in loud.InvokeAsync(messages)) { }
                await foreach (var m in loud.InvokeAsync(messages)) { }
                await foreach (var m in quiet.InvokeAsync(messages)) { }
                await foreach (var m in loud.InvokeStreamingAsync(messages)) { }
            }

            internal sealed class Loud : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => base.InvokeAsync(messages, thread, options, cancellationToken);
            }

            internal class Quiet : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                    AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
            }
        }
        """);

    [Fact]
    public Task FileLocalAgentClass_IsReported() => VerifyAsync<EmptyCodeFixProvider>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        file class Loud : EchoAgent
        {
            public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
        }
        file class Desk
        {
            async Task RunAsync(Loud loud) { await foreach (var m in loud.{|AGT1002:InvokeAsync|}(new List<ChatMessageContent>())) { } }
        }
        """);

    [Fact]
    public Task BaseCall_IsReportedUnlessItIsWithinTheTurn() => VerifyAsync<EmptyCodeFixProvider>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Loud : EchoAgent
        {
            public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => base.InvokeAsync(messages, thread, options, cancellationToken);

            public async Task AskAsync() { await foreach (var m in base.{|AGT1002:InvokeAsync|}("hi")) { } }
        }
        """);

    [Fact]
    public Task CallThroughAnInterfaceThatOnlyAgentsHave_IsReported() => VerifyAsync<EmptyCodeFixProvider>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        interface IEcho
        {
            IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default);
        }
        class Bot : EchoAgent, IEcho { }
        class Desk
        {
            async Task RunAsync(IEcho bot) { await foreach (var m in bot.{|AGT1002:InvokeAsync|}(new List<ChatMessageContent>())) { } }
        }
        """);

    [Fact]
    public Task CallThroughAnInterfaceThatOthersHaveToo_IsNotSure() => VerifyAsync<EmptyCodeFixProvider>(
        """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        interface IEcho
        {
            IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default);
        }
        class Bot : EchoAgent, IEcho { }
        class Wrapper(EchoAgent inner) : IEcho
        {
            public IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
                inner.InvokeAsync(messages, thread, options, cancellationToken);
        }
        class Desk
        {
            async Task RunAsync(IEcho bot) { await foreach (var m in bot.InvokeAsync(new List<ChatMessageContent>())) { } }
        }
        """);

    [Fact]
    public Task AgentFramework_MethodGroupIsReported() => Rule<CallIsNotInterceptedRule, EmptyCodeFixProvider>.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        class Desk
        {
            async Task RunAsync(AIAgent agent)
            {
                await agent.RunAsync("hi");
                Func<AgentSession?, AgentRunOptions?, CancellationToken, Task<AgentResponse>> run = agent.{|AGT1002:RunAsync|};
            }
        }
        """, references: References.AgentFramework);

    [Fact]
    public Task InterceptorsSwitchedOff_NothingIsSaid()
    {
        var test = Rule<CallIsNotInterceptedRule, EmptyCodeFixProvider>.Test(Method("dynamic it = agent; foreach (var m in it.InvokeAsync(\"hi\")) { }"));
        test.TestState.Sources.Add((EchoAgent.File, EchoAgent.Source));
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.AgentTraceInterceptors = false\n"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string Method(string body) => $$"""
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(EchoAgent agent)
            {
                {{body}}
                await Task.Yield();
            }
        }
        """;

    private static Task VerifyAsync<TFix>(string source, string? fixedSource = null)
        where TFix : CodeFixProvider, new()
    {
        var test = Rule<CallIsNotInterceptedRule, TFix>.Test(source, fixedSource);
        test.TestState.Sources.Add((EchoAgent.File, EchoAgent.Source));
        if (fixedSource is not null)
            test.FixedState.Sources.Add((EchoAgent.File, EchoAgent.Source));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
