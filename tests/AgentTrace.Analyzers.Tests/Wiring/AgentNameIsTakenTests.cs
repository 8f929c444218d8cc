using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<AgentNameIsTakenRule, EmptyCodeFixProvider>;

public sealed class AgentNameIsTakenTests
{
    [Fact]
    public Task TwoAgentsOfOneMethod_TheSecondIsReportedWithTheFirst()
    {
        var test = Rule.Test("""
            using Microsoft.SemanticKernel.Agents;
            class Desk
            {
                const string Booker = "Booker";
                void Run()
                {
                    var flights = new ChatCompletionAgent { Name = {|#0:Booker|} };
                    var hotels = new ChatCompletionAgent { Name = {|#1:"Booker"|} };
                    var trains = new ChatCompletionAgent { Name = "Trains" };
                }
            }
            """);
        test.ExpectedDiagnostics.Add(new DiagnosticResult("AGT1004", DiagnosticSeverity.Warning).WithLocation(1).WithLocation(0).WithArguments("Booker", 7));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task TwoFieldsOfOneType_AreReported() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            readonly ChatCompletionAgent _flights = new() { Name = "Booker" };
            ChatCompletionAgent Hotels { get; } = new() { Name = {|AGT1004:"Booker"|} };
        }
        """);

    [Fact]
    public Task ListOfAgents_AndAgentFramework_AreReported() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            List<AIAgent> Make(IChatClient client) => [client.AsAIAgent(name: "A"), new ChatClientAgent(client, name: "B"), client.AsAIAgent(name: {|AGT1004:"A"|})];
        }
        """, references: References.AgentFramework);

    [Theory]
    [InlineData("ChatCompletionAgent a; if (way) a = new() { Name = \"A\" }; else a = new() { Name = \"A\", Description = \"other\" };")]
    [InlineData("var a = way ? new ChatCompletionAgent { Name = \"A\" } : new ChatCompletionAgent { Name = \"A\", Description = \"other\" };")]
    [InlineData("var a = way switch { true => new ChatCompletionAgent { Name = \"A\" }, _ => new ChatCompletionAgent { Name = \"A\", Description = \"other\" } };")]
    [InlineData("if (way) { Use(new ChatCompletionAgent { Name = \"A\" }); return; } Use(new ChatCompletionAgent { Name = \"A\" });")]
    [InlineData("{ Use(new ChatCompletionAgent { Name = \"A\" }); } { Use(new ChatCompletionAgent { Name = \"A\" }); }")]
    [InlineData("Func<Agent> one = () => new ChatCompletionAgent { Name = \"A\" }, two = () => new ChatCompletionAgent { Name = \"A\" };")]
    [InlineData("var a = new ChatCompletionAgent { Name = \"A\" }; Use(a); a = new ChatCompletionAgent { Name = \"A\" };")]
    [InlineData("var a = new ChatCompletionAgent { Name = name }; var b = new ChatCompletionAgent { Name = name };")]
    [InlineData("var a = new ChatCompletionAgent { Name = \"\" }; var b = new ChatCompletionAgent { Name = \"\" };")]
    public Task AlternativesAndAgentsMadeAnew_AreFine(string body) => Rule.VerifyAsync(
        $$"""
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            void Use(Agent agent) { }
            void Run(bool way, string name)
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task MethodsThatEachMakeTheirOwn_AreFine() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            readonly ChatCompletionAgent _a = new() { Name = "A" };
            ChatCompletionAgent One() => new() { Name = "A" };
            ChatCompletionAgent Two() => new() { Name = "A" };
        }
        class Other
        {
            readonly ChatCompletionAgent _a = new() { Name = "A" };
        }
        """);
}
