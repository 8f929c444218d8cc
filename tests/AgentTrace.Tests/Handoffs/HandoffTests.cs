using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.Handoffs;

[Collection(ProcessWide.Name)]
public sealed class HandoffTests
{
    private const string From = AgentTraceAttributes.HandoffFrom;

    [Fact]
    public void HandOffTo_NextTurnOfTarget_PointsBack()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            Turn("Flights", handsOffTo: "Hotels");
            Turn("Cars");
            Turn("Hotels");
        }

        Activity source = recorder["invoke_agent Flights"];
        Assert.Equal("Hotels", source.GetTagItem(AgentTraceAttributes.HandoffTo));
        Activity target = recorder["invoke_agent Hotels"];
        Assert.Equal("Flights", target.GetTagItem(From));
        ActivityLink link = Assert.Single(target.Links);
        Assert.Equal(source.Context, link.Context);
        Assert.Equal([new(AgentTraceAttributes.LinkType, "consumed")], link.Tags!);
        Assert.Null(recorder["invoke_agent Cars"].GetTagItem(From));
        Assert.Empty(recorder["invoke_agent Cars"].Links);
    }

    [Fact]
    public void HandOffTo_TargetTakesTwoTurns_OnlyTheFirstPointsBack()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            Turn("Flights", handsOffTo: "Hotels");
            Turn("Hotels");
            Turn("Hotels");
        }

        Assert.Equal(["Flights", null], recorder.All("invoke_agent Hotels").Select(span => span.GetTagItem(From)));
    }

    [Fact]
    public void HandOffTo_SeveralSources_TargetLinksToAll()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            Turn("A", handsOffTo: "Judge");
            Turn("B", handsOffTo: "Judge");
            Turn("Judge");
        }

        Activity judge = recorder["invoke_agent Judge"];
        Assert.Equal("B", judge.GetTagItem(From));
        Assert.Equal(
            [recorder["invoke_agent A"].SpanId, recorder["invoke_agent B"].SpanId],
            judge.Links.Select(link => link.Context.SpanId));
    }

    [Fact]
    public void HandOffTo_SeveralTargets_EachPointsBack()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            using (AgentTurn turn = AgentTurn.Start("Planner"))
            {
                turn.HandOffTo("A");
                turn.HandOffTo("B");
                turn.HandOffTo("B");
            }

            Turn("A");
            Turn("B");
        }

        Assert.Equal("B", recorder["invoke_agent Planner"].GetTagItem(AgentTraceAttributes.HandoffTo));
        Assert.Equal("Planner", recorder["invoke_agent A"].GetTagItem(From));
        Assert.Single(recorder["invoke_agent B"].Links);
    }

    [Fact]
    public void HandOffTo_OtherRun_DoesNotReachIt()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("one"))
            Turn("A", handsOffTo: "B");
        using (AgentRun.Start("two"))
            Turn("B");

        Assert.Null(recorder["invoke_agent B"].GetTagItem(From));
    }

    [Fact]
    public void Consumes_GivenTurns_BecomeLinks()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            AgentTurn first = AgentTurn.Start("A");
            first.HandOffTo("B");
            first.Dispose();
            // The handoff links to the same turn already: one link is enough.
            using AgentTurn second = AgentTurn.Start("B", new AgentTurnOptions { Consumes = [first.Activity!.Context] });
        }

        Assert.Equal(recorder["invoke_agent A"].Context, Assert.Single(recorder["invoke_agent B"].Links).Context);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void HandOffTo_BlankName_IsIgnoredAndReported(string target)
    {
        using Recorder recorder = Recorder.Start();
        using var log = new DiagnosticsLog();

        Turn("A", handsOffTo: target);

        Assert.Null(recorder["invoke_agent A"].GetTagItem(AgentTraceAttributes.HandoffTo));
        Assert.Equal("HandoffWithoutTarget", Assert.Single(log.Events));
    }

    private static void Turn(string agent, string? handsOffTo = null)
    {
        using AgentTurn turn = AgentTurn.Start(agent);
        if (handsOffTo is not null)
            turn.HandOffTo(handsOffTo);
    }
}
