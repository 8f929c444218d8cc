using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Glue;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class FoldedAgentTests
{
    private static readonly ActivitySource s_app = new("App");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void KernelAgent_InTurnOfSameAgent_ItsChildrenHangUnderTheTurn(bool exporterFirst)
    {
        using Recorder recorder = Frameworks.Record(exporterFirst, out CollectingExporter exporter);

        using (AgentRun.Start("desk"))
        using (AgentTurn turn = AgentTurn.Start("Writer"))
        {
            Frameworks.KernelAgent("Writer", () =>
            {
                Assert.Same(turn.Activity, Activity.Current);
                Frameworks.KernelChat();
                using (s_app.StartActivity("GET"))
                    Frameworks.KernelFunction("web-search");
            });
            Assert.Same(turn.Activity, Activity.Current);
        }

        string[] expected = ["invoke_workflow desk", "  invoke_agent Writer #0", "    chat gpt-5", "    GET", "      execute_tool web-search"];
        Assert.Equal(expected, SpanTree.Of(exporter.Spans));
        Assert.Equal(expected, SpanTree.Of(recorder.Spans));
        Activity span = recorder["invoke_agent Writer"];
        Assert.Equal("sk-1", span.GetTagItem(GenAiAttributes.AgentId));
        Assert.Equal("writes", span.GetTagItem(GenAiAttributes.AgentDescription));
        Assert.Null(span.GetTagItem("gen_ai.tool.definitions"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FrameworkAgent_InTurn_GivesWhatItKnows(bool exporterFirst)
    {
        using Recorder recorder = Frameworks.Record(exporterFirst, out CollectingExporter exporter);

        using (AgentTurn.Start("Writer"))
        {
            Frameworks.FrameworkAgent("Writer", "a1b2", () => Frameworks.Chat("gpt-5", Frameworks.AgentFramework));
            Frameworks.FrameworkAgent("Writer", "a1b2");
        }

        Assert.Equal(["invoke_agent Writer", "  chat gpt-5"], SpanTree.Of(exporter.Spans));
        Activity turn = recorder["invoke_agent Writer"];
        Assert.Equal(140L, turn.GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Equal(18L, turn.GetTagItem(GenAiAttributes.UsageOutputTokens));
        Assert.Equal("gpt-5-mini", turn.GetTagItem(GenAiAttributes.ResponseModel));
        Assert.Equal(new[] { "stop" }, turn.GetTagItem(GenAiAttributes.ResponseFinishReasons));
    }

    [Fact]
    public void FrameworkAgent_NamedWithIdAtStart_IsTheTurnsAgent()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("Writer"))
        {
            Frameworks.AgentFramework.StartActivity("invoke_agent Writer(a1b2)", ActivityKind.Client)?.Dispose();
            Frameworks.AgentFramework.StartActivity("invoke_agent Editor(c3d4)", ActivityKind.Client)?.SetTag(GenAiAttributes.OperationName, "invoke_agent").Dispose();
        }

        Assert.Equal(["invoke_agent Writer", "  invoke_agent Editor"], SpanTree.Of(recorder.Spans));
        Assert.Equal("a1b2", recorder["invoke_agent Writer"].GetTagItem(GenAiAttributes.AgentId));
        Assert.Equal("c3d4", recorder["invoke_agent Editor"].GetTagItem(GenAiAttributes.AgentId));
    }

    [Fact]
    public async Task FrameworkAgent_StreamedInTurn_LaterItemsStayUnderTheTurn()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("Writer"))
        {
            IAsyncEnumerable<int> items = Frameworks.FrameworkAgentStream(
                "Writer", "a1b2", 3, i => Frameworks.Chat($"m{i}", Frameworks.AgentFramework), TestContext.Current.CancellationToken);
            await foreach (int _ in items)
            {
                Assert.Same(turn.Activity, Activity.Current);
                await Task.Yield();
                using (s_app.StartActivity("unheard"))
                    Assert.Same(turn.Activity, Activity.Current);
            }

            Assert.Same(turn.Activity, Activity.Current);
        }

        Assert.Equal(["invoke_agent Writer", "  chat m0", "  chat m1", "  chat m2"], SpanTree.Of(recorder.Spans));
        Assert.Equal(70L, recorder["invoke_agent Writer"].GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Fact]
    public async Task FrameworkAgent_StreamAbandoned_TurnStaysCurrent()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("Writer"))
        {
            IAsyncEnumerable<int> items = Frameworks.FrameworkAgentStream(
                "Writer", "a1b2", 3, i => Frameworks.Chat($"m{i}", Frameworks.AgentFramework), TestContext.Current.CancellationToken);
            await foreach (int _ in items)
                break;
            Assert.Same(turn.Activity, Activity.Current);
        }

        Assert.Equal(["invoke_agent Writer", "  chat m0"], SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public async Task KernelAgents_InConcurrentTurns_FoldIntoTheirOwn()
    {
        using Recorder recorder = Recorder.Start();
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"A{i}")];

        using (AgentRun.Start("desk"))
        {
            await Task.WhenAll(names.Select(name => Task.Run(async () =>
            {
                using AgentTurn turn = AgentTurn.Start(name);
                await Task.Yield();
                Frameworks.KernelAgent(name, () => Frameworks.KernelChat($"model-of-{name}"));
                await Task.Yield();
                Assert.Same(turn.Activity, Activity.Current);
            }, TestContext.Current.CancellationToken)));
        }

        Assert.Equal(17, recorder.Spans.Count);
        Assert.All(names, name => Assert.Equal(recorder[$"invoke_agent {name}"].SpanId, recorder[$"chat model-of-{name}"].ParentSpanId));
    }

    [Fact]
    public void KernelAgent_TurnKnowsBetter_KeepsItsOwn()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("Writer", new AgentTurnOptions { AgentId = "own", Description = "mine" }))
        {
            turn.AddUsage(1, 2);
            Frameworks.KernelAgent("Writer");
            Frameworks.FrameworkAgent("Writer", "a1b2", fails: new TimeoutException("late"));
            turn.Fail("gave up", "gave_up");
        }

        Assert.Equal(["invoke_agent Writer !gave_up"], SpanTree.Of(recorder.Spans));
        Activity span = recorder["invoke_agent Writer"];
        Assert.Equal("own", span.GetTagItem(GenAiAttributes.AgentId));
        Assert.Equal("mine", span.GetTagItem(GenAiAttributes.AgentDescription));
        Assert.Equal(1L, span.GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Equal("gave up", span.StatusDescription);
    }

    [Fact]
    public void FrameworkAgent_FailsInTurn_TheTurnFailedUnlessItWasTriedAgain()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("Writer"))
            Frameworks.FrameworkAgent("Writer", "a1", fails: new TimeoutException("late; password=hunter2"));
        using (AgentTurn.Start("Editor"))
        {
            Frameworks.FrameworkAgent("Editor", "e1", fails: new TimeoutException("late"));
            Frameworks.FrameworkAgent("Editor", "e1");
        }

        Assert.Equal(["invoke_agent Writer !System.TimeoutException", "invoke_agent Editor"], SpanTree.Of(recorder.Spans));
        Assert.Equal("late; password=[redacted]", recorder["invoke_agent Writer"].StatusDescription);
    }

    [Fact]
    public void KernelAgent_OfAnotherNameOrBehindATool_IsATurnOfItsOwn()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        using (AgentTurn.Start("Writer"))
        {
            Frameworks.KernelAgent("Editor", () => Frameworks.KernelChat());
            using (ToolCall.Start("ask_writer"))
            {
                Frameworks.KernelAgent("Writer");
                Frameworks.FrameworkAgent("Critic", "c1");
            }
        }

        Assert.Equal(
            [
                "invoke_workflow desk", "  invoke_agent Writer #0", "    invoke_agent Editor #1", "      chat gpt-5",
                "    execute_tool ask_writer", "      invoke_agent Writer #2", "      invoke_agent Critic #3",
            ],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void KernelAgent_WithoutAName_IsKnownByItsId()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("asst_1", new AgentTurnOptions { AgentId = "sk-1" }))
            Frameworks.KernelAgent("UnnamedAgent");

        Assert.Equal(["invoke_agent asst_1"], SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public async Task KernelAgents_InMessagesOfAnOrchestration_AreTheTurns()
    {
        using Recorder recorder = Recorder.Start();

        await OrchestrateAsync("Writer", "Editor");

        Assert.Equal(
            ["invoke_workflow team", "  invoke_agent Writer #0", "    chat gpt-5", "  invoke_agent Editor #1", "    chat gpt-5"],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void KernelAgent_EndsAfterItsTurn_ChangesNothingAnyMore()
    {
        using Recorder recorder = Recorder.Start();

        AgentTurn turn = AgentTurn.Start("Writer");
        Activity? native = Frameworks.SemanticKernelDiagnostics.StartActivity("invoke_agent Writer");
        turn.Dispose();
        native?.SetTag(GenAiAttributes.AgentId, "late").Dispose();
        Activity.Current = null;

        Assert.Null(Assert.Single(recorder.Spans).GetTagItem(GenAiAttributes.AgentId));
    }

    private static async Task OrchestrateAsync(params string[] agents)
    {
        OrchestrationTrace orchestration = OrchestrationTrace.Start("team", null)!;
        foreach (string agent in agents)
        {
            await orchestration.HandleAsync($"{agent}_7", isAgent: true, new object(), agent, static name =>
            {
                Frameworks.KernelAgent(name, () => Frameworks.KernelChat());
                return ValueTask.FromResult(true);
            });
        }

        orchestration.EndWith(Task.FromResult("done"));
    }
}
