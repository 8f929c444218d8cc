using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Runs;
using AgentTrace.Conventions;
using static AgentTrace.Attribution.Tests.TestRuns;

namespace AgentTrace.Attribution.Tests.Events;

/// <summary>A run told as events.</summary>
public sealed class RunEventsTests
{
    [Fact]
    public void Of_CallsFailuresAndHandoffs_TellsThemInTheOrderOfTheTurns()
    {
        AgentRun run = Of(
            Step("User", "Book a flight, please."),
            Step("Planner", "We need a flight first, and a hotel after that.") with { HandoffTo = "Flights" },
            Step("Flights", "", Call("search", "{1}", error: "timeout")),
            Step("Flights", "", Call("search", "{1}", "[]")),
            Step("Flights", "The search failed at first, and there is no seat left.", Call("transfer_to_Planner", "{}", "ok")),
            Step("Planner", "No seat.") with { Error = "cancelled" });

        Assert.Equal(
            "run human brief agent_0 says hands_to agent_1 agent_1 tool_0 failed agent_1 retry tool_0 nothing agent_1 admits hands_to agent_0 agent_0 brief error end",
            Text(run));
    }

    [Fact]
    public void Of_SameCallInALaterTurn_IsAgain()
    {
        AgentRun run = Of(
            Step("A", "", Call("look", "{1}", "x"), Call("look", "{1}", "x")),
            Step("B", "", Call("look", "{1}", "x")),
            Step("A", "", Call("look", "{2}", "x"), Call("look", "{1}", "x")));

        Assert.Equal("run agent_0 tool_0 ok tool_0 ok agent_1 tool_0 ok agent_0 tool_0 ok again tool_0 ok end", Text(run));
    }

    [Fact]
    public void Of_WithoutContent_TellsNoWords()
    {
        AgentRun run = Of(Step("A", "") with { ToolCalls = [new ToolCall { Name = "look" }] }, Step("B", ""));

        Assert.Equal("run agent_0 tool_0 ok agent_1 end", Text(run));
    }

    [Fact]
    public void Of_ManyAgentsToolsAndCalls_AreBoundedToTheKnownWords()
    {
        AgentRun run = Of([.. Enumerable.Range(0, 20).Select(i =>
            Step($"agent {i}", "said", [.. Enumerable.Range(0, 9).Select(call => Call($"tool {i} {call}", "{}", "x"))]))]);

        IReadOnlyList<RunEvent> events = RunEvents.Of(run);

        Assert.All(events, one => Assert.Contains(one.Word, RunEventWords.All));
        Assert.Equal(20, events.Count(one => one.Word == RunEventWords.MoreCalls));
        Assert.InRange(events.Count, 1, 20 * 12);
    }

    [Fact]
    public void Of_RunWithoutSteps_IsItsStartAndEnd() => Assert.Equal("run end", Text(Of()));

    private static string Text(AgentRun run) => string.Join(" ", RunEvents.Of(run).Select(one => one.Word));
}
