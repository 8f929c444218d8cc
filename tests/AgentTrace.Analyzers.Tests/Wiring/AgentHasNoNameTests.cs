using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<AgentHasNoNameRule, NameAgentFix>;

public sealed class AgentHasNoNameTests
{
    [Fact]
    public Task ChatCompletionAgent_WithoutName_IsReportedAndNamedAfterItsVariable() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            readonly ChatCompletionAgent _hotels = [|new()|];
            void Run()
            {
                var flights = [|new ChatCompletionAgent { Instructions = "Book flights." }|];
                var trains = [|new ChatCompletionAgent { Name = "", Instructions = "Book trains." }|];
            }
        }
        """,
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            readonly ChatCompletionAgent _hotels = new()
            {
                Name = "Hotels"
            };
            void Run()
            {
                var flights = new ChatCompletionAgent { Name = "Flights", Instructions = "Book flights." };
                var trains = new ChatCompletionAgent { Name = "Trains", Instructions = "Book trains." };
            }
        }
        """);

    [Fact]
    public Task ChatClientAgent_WithoutName_IsReportedAndNamedAfterItsVariable() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient client)
        {
            AIAgent Hotels { get; } = [|new ChatClientAgent(null!, "Book hotels.")|];
            void Run()
            {
                AIAgent flights = client.[|AsAIAgent|]("Book flights.");
                var trains = client.[|AsAIAgent|](instructions: "Book trains.", name: null);
                var ships = client.[|AsAIAgent|](new ChatClientAgentOptions { Description = "Books ships." });
                var taxis = [|new ChatClientAgent(client, new ChatClientAgentOptions { Name = null, Description = "Books taxis." })|];
            }
        }
        """,
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient client)
        {
            AIAgent Hotels { get; } = new ChatClientAgent(null!, "Book hotels.", name: "Hotels");
            void Run()
            {
                AIAgent flights = client.AsAIAgent("Book flights.", name: "Flights");
                var trains = client.AsAIAgent(instructions: "Book trains.", name: "Trains");
                var ships = client.AsAIAgent(new ChatClientAgentOptions { Name = "Ships", Description = "Books ships." });
                var taxis = new ChatClientAgent(client, new ChatClientAgentOptions { Name = "Taxis", Description = "Books taxis." });
            }
        }
        """,
        References.AgentFramework);

    [Fact]
    public Task AgentPutNowhereByName_IsReportedWithoutAFix() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            List<Agent> Make() => [[|new ChatCompletionAgent()|]];
        }
        """);

    [Fact]
    public Task KernelAgents_WithNames_AreFine() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            ChatCompletionAgent Make(string name) => new() { Name = name };
            ChatCompletionAgent Other() => new() { Name = nameof(Desk) };
        }
        """);

    [Fact]
    public Task AgentOfTheAppsOwn_MayNameItself()
    {
        var test = Rule.Test("class Desk { EchoAgent Make() => new(); }");
        test.TestState.Sources.Add((EchoAgent.File, EchoAgent.Source));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task FrameworkAgents_WithNamesOrOptionsMadeElsewhere_AreFine() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Agents.AI.Workflows;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient client)
        {
            AIAgent Positional() => client.AsAIAgent("Book flights.", "Flights");
            AIAgent Variable(string name) => new ChatClientAgent(client, name: name);
            AIAgent Inline() => new ChatClientAgent(client, new ChatClientAgentOptions { Name = "Flights" });
            AIAgent Elsewhere(ChatClientAgentOptions options) => new ChatClientAgent(client, options);
            AIAgent FromWorkflow(Workflow workflow) => workflow.AsAIAgent();
        }
        """, references: References.AgentFramework);
}
