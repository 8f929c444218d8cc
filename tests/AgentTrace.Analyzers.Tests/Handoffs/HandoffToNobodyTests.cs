using AgentTrace.Analyzers.Rules.Handoffs;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

namespace AgentTrace.Analyzers.Tests.Handoffs;

using Rule = Rule<HandoffToNobodyRule, AddMemberFix>;

public sealed class HandoffToNobodyTests
{
    private const string Usings = """
        using Microsoft.SemanticKernel.Agents;
        using Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

        """;

    [Fact]
    public Task Agents_ThatAreNoMembers_AreReportedAndAdded() => Rule.VerifyAsync(
        Usings +
        """
        class Desk
        {
            object Chain(ChatCompletionAgent triage, ChatCompletionAgent billing, ChatCompletionAgent refunds) =>
                new HandoffOrchestration(OrchestrationHandoffs.StartWith(triage).Add(triage, billing, [|refunds|]).Add(refunds, triage, "back"), triage, billing);
            object Variables()
            {
                var triage = new ChatCompletionAgent { Name = "Triage" };
                var billing = new ChatCompletionAgent { Name = "Billing" };
                var refunds = new ChatCompletionAgent { Name = "Refunds" };
                var handoffs = OrchestrationHandoffs.StartWith(triage);
                handoffs.Add(billing, triage, "back").Add(billing, refunds, "money");
                return [|new HandoffOrchestration(handoffs, billing, triage)|];
            }
        }
        """,
        Usings +
        """
        class Desk
        {
            object Chain(ChatCompletionAgent triage, ChatCompletionAgent billing, ChatCompletionAgent refunds) =>
                new HandoffOrchestration(OrchestrationHandoffs.StartWith(triage).Add(triage, billing, refunds).Add(refunds, triage, "back"), triage, billing, refunds);
            object Variables()
            {
                var triage = new ChatCompletionAgent { Name = "Triage" };
                var billing = new ChatCompletionAgent { Name = "Billing" };
                var refunds = new ChatCompletionAgent { Name = "Refunds" };
                var handoffs = OrchestrationHandoffs.StartWith(triage);
                handoffs.Add(billing, triage, "back").Add(billing, refunds, "money");
                return new HandoffOrchestration(handoffs, billing, triage, refunds);
            }
        }
        """);

    [Fact]
    public Task Names_ThatNoMemberHas_AreReported() => Rule.VerifyAsync(
        Usings +
        """
        class Desk
        {
            object Make()
            {
                var triage = new ChatCompletionAgent { Name = "Triage" };
                var billing = new ChatCompletionAgent { Name = "Billing" };
                return new HandoffOrchestration<string, string>(
                    new OrchestrationHandoffs("Triage").Add(triage, [|"Biling"|], "money").Add("Triage", [|"billing"|], "money").Add(triage, "Billing", "money"),
                    [triage, billing]);
            }
        }
        """);

    [Fact]
    public Task Members_AndWhoMayBeOne_AreFine() => Rule.VerifyAsync(
        Usings +
        """
        class Desk(ChatCompletionAgent field)
        {
            static ChatCompletionAgent Make(string name) => new() { Name = name };
            object Known()
            {
                var triage = Make("Triage");
                var billing = new ChatCompletionAgent { Name = "Billing" };
                Agent again = billing;
                var handoffs = OrchestrationHandoffs.StartWith(triage).Add(triage, billing, again).Add(triage, "Billing", "money").Add("Triage", billing.Name ?? billing.Id, "money");
                return new HandoffOrchestration(handoffs, triage, billing);
            }
            object MaybeByName()
            {
                var triage = Make("Triage");
                return new HandoffOrchestration(OrchestrationHandoffs.StartWith(triage).Add(triage, "Billing", "money"), triage, field);
            }
            object UnknownMembers(Agent triage, Agent billing, Agent[] members) =>
                new HandoffOrchestration(OrchestrationHandoffs.StartWith(triage).Add(triage, billing), members);
            object UnknownMember(Agent triage, Agent billing, Agent[] members) =>
                new HandoffOrchestration(OrchestrationHandoffs.StartWith(triage).Add(triage, billing), triage, members[0]);
            object UnknownHandoffs(OrchestrationHandoffs handoffs, Agent triage) => new HandoffOrchestration(handoffs, triage);
            object Loop(Agent triage, Agent[] others)
            {
                var handoffs = OrchestrationHandoffs.StartWith(triage);
                foreach (Agent other in others)
                    handoffs.Add(triage, other);
                return new HandoffOrchestration(handoffs, triage);
            }
            object SameName()
            {
                var triage = new ChatCompletionAgent { Name = "Triage" };
                var twin = new ChatCompletionAgent { Name = "Triage" };
                return new HandoffOrchestration(OrchestrationHandoffs.StartWith(twin), triage);
            }
        }
        """);
}
