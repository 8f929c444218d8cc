using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

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
            }
        }
        """);

    [Fact]
    public Task ChatCompletionAgent_WithName_IsFine() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            ChatCompletionAgent Make(string name) => new() { Name = name };
        }
        """);
}
