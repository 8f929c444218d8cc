using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<ClientHasOtherNameRule, UseAgentsNameFix>;

public sealed class ClientHasOtherNameTests
{
    [Fact]
    public Task ClientOfAnotherName_IsReportedAndRenamed() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient model)
        {
            AIAgent Flights() => new ChatClientAgent(model.WithAgentTrace([|"Flight model"|]), name: "Flights");
            AIAgent Hotels()
            {
                IChatClient client = model.WithAgentTrace("Model");
                return [|client|].AsAIAgent("Book hotels.", "Hotels");
            }
        }
        """,
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient model)
        {
            AIAgent Flights() => new ChatClientAgent(model.WithAgentTrace("Flights"), name: "Flights");
            AIAgent Hotels()
            {
                IChatClient client = model.WithAgentTrace("Hotels");
                return client.AsAIAgent("Book hotels.", "Hotels");
            }
        }
        """,
        References.AgentFramework);

    [Fact]
    public Task SameNameUnknownNameOrNoTracing_IsFine() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk(IChatClient model)
        {
            AIAgent Same() => new ChatClientAgent(model.WithAgentTrace("Flights"), name: "Flights");
            AIAgent Unknown(string name) => new ChatClientAgent(model.WithAgentTrace(name), name: "Flights");
            AIAgent Untraced() => model.AsAIAgent(name: "Flights");
            AIAgent Changed(bool traced)
            {
                IChatClient client = model.WithAgentTrace("Model");
                if (!traced)
                    client = model;
                return client.AsAIAgent(name: "Flights");
            }
        }
        """, references: References.AgentFramework);
}
