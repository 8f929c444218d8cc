using AgentTrace.Analyzers.Rules.Streaming;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Streaming;

using Rule = Rule<TurnNotAwaitedRule, AwaitTurnFix>;

public sealed class TurnNotAwaitedTests
{
    [Fact]
    public Task Task_ThatNobodyAwaits_IsReportedAndAwaited() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            async Task Run(AIAgent agent, IChatClient client)
            {
                [|agent.RunAsync("Book.")|];
                [|agent.RunAsync("Book.")|].ConfigureAwait(false);
                var answer = [|client.GetResponseAsync("Book.")|];
                Func<Task> later = async () =>
                {
                    [|client.GetResponseAsync("Book.")|]; // at last
                    await Task.Yield();
                };
                await later();
            }
        }
        """,
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            async Task Run(AIAgent agent, IChatClient client)
            {
                await agent.RunAsync("Book.");
                await agent.RunAsync("Book.").ConfigureAwait(false);
                var answer = await client.GetResponseAsync("Book.");
                Func<Task> later = async () =>
                {
                    await client.GetResponseAsync("Book."); // at last
                    await Task.Yield();
                };
                await later();
            }
        }
        """,
        References.AgentFramework);

    [Fact]
    public Task Task_InTopLevelCode_IsReportedAndAwaited() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        AIAgent agent = null!;
        [|agent.RunAsync("Book.")|];
        """,
        """
        using Microsoft.Agents.AI;
        AIAgent agent = null!;
        await agent.RunAsync("Book.");
        """,
        References.AgentFramework, OutputKind.ConsoleApplication);

    [Fact]
    public Task Task_WhereNothingCanBeAwaited_IsReported() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        class Desk
        {
            void Run(AIAgent agent, AIAgent? maybe, List<string> questions)
            {
                [|agent.RunAsync("Book.")|];
                maybe?[|.RunAsync("Book.")|];
                questions.ForEach(question => [|agent.RunAsync(question)|]);
                Task<AgentResponse> answer = [|agent.RunAsync("Book.")|];
            }
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task Answers_ThatNobodyEnumerates_AreReportedAndEnumerated() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task Run(ChatCompletionAgent agent, AgentGroupChat chat)
            {
                _ = [|agent.InvokeAsync("Book.")|];
                [|chat.InvokeAsync()|];
                await Task.Yield();
            }
        }
        """,
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task Run(ChatCompletionAgent agent, AgentGroupChat chat)
            {
                await foreach (var _ in agent.InvokeAsync("Book."))
                {
                }
                await foreach (var _ in chat.InvokeAsync())
                {
                }
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Orchestration_ThatNobodyAwaits_IsReported() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents.Orchestration.Sequential;
        using Microsoft.SemanticKernel.Agents.Runtime;
        class Desk
        {
            void Run(SequentialOrchestration orchestration, IAgentRuntime runtime) => [|orchestration.InvokeAsync("Book.", runtime)|];
        }
        """);

    [Fact]
    public Task Task_ThatSomebodyHas_IsFine() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            Task? _running;
            Task<AgentResponse> Passed(AIAgent agent) => agent.RunAsync("Book.");
            async Task Run(AIAgent agent, IChatClient client)
            {
                await agent.RunAsync("Book.");
                _ = await client.GetResponseAsync("Book.").ConfigureAwait(false);
                _ = agent.RunAsync("Thrown away on purpose.");
                _running = agent.RunAsync("Book.");
                var answer = agent.RunAsync("Book.");
                await Task.WhenAll(answer, Task.Run(() => agent.RunAsync("Book.")));
                Func<Task> later = () => client.GetResponseAsync("Book.");
                string text = client.GetResponseAsync("Book.").GetAwaiter().GetResult().Text;
                new Own().RunAsync();
                await later();
            }
            class Own { public Task RunAsync() => Task.CompletedTask; }
        }
        """,
        references: References.AgentFramework);
}
