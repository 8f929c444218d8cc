using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<SwitchIsSetTooLateRule, SetSwitchFirstFix>;

public sealed class SwitchIsSetTooLateTests
{
    [Fact]
    public Task SwitchAfterATurn_IsReportedAndMovedToTheTop() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(ChatCompletionAgent agent)
            {
                Console.WriteLine("start");
                await foreach (var m in agent.InvokeAsync("hi")) { }
                AppContext.[|SetSwitch|]("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);
                AppContext.[|SetSwitch|]("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", false);
            }
        }
        """,
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(ChatCompletionAgent agent)
            {
                AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);
                AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", false);
                Console.WriteLine("start");
                await foreach (var m in agent.InvokeAsync("hi")) { }
            }
        }
        """);

    [Fact]
    public Task TopLevelProgram_IsMovedToo() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel;
        Kernel kernel = Kernel.CreateBuilder().Build();
        await kernel.InvokePromptAsync("hi");
        AppContext.[|SetSwitch|]("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);
        """ + Prompts,
        """
        using Microsoft.SemanticKernel;
        AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);
        Kernel kernel = Kernel.CreateBuilder().Build();
        await kernel.InvokePromptAsync("hi");
        """ + Prompts,
        output: OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics\", true); await foreach (var m in agent.InvokeAsync(\"hi\")) { }")]
    [InlineData("var kernel = Kernel.CreateBuilder().Build(); AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics\", true);")]
    [InlineData("await foreach (var m in agent.InvokeAsync(\"hi\")) { } AppContext.SetSwitch(\"Mine\", true);")]
    [InlineData("Func<object> later = () => agent.InvokeAsync(\"hi\"); AppContext.SetSwitch(\"Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics\", true);")]
    public Task SwitchBeforeTheFirstUse_IsFine(string body) => Rule.VerifyAsync(
        $$"""
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task RunAsync(ChatCompletionAgent agent)
            {
                {{body}}
                await Task.Yield();
            }
        }
        """);

    // The stand-in for Semantic Kernel has no prompts.
    private const string Prompts = """


        namespace Microsoft.SemanticKernel
        {
            public static class KernelExtensions
            {
                public static Task InvokePromptAsync(this Kernel kernel, string prompt) => Task.CompletedTask;
            }
        }
        """;
}
