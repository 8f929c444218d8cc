using System.Diagnostics;
using AgentTrace.SpanKit;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Agents.Magentic;
using Microsoft.SemanticKernel.Agents.Orchestration;
using Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;
using Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;
using Microsoft.SemanticKernel.Agents.Orchestration.Handoff;
using Microsoft.SemanticKernel.Agents.Orchestration.Sequential;
using Microsoft.SemanticKernel.Agents.Runtime.InProcess;
using Microsoft.SemanticKernel.ChatCompletion;
using SemanticKernel.Shim.TestKit;

namespace AgentTrace.SemanticKernel.Tests;

public sealed class OrchestrationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Sequential_IsOneTraceUnderTheCallersSpan()
    {
        using var spans = new RecordedSpans(content: true);
        var orchestration = new SequentialOrchestration(Agents.Scripted("Flights", "flight booked"), Agents.Scripted("Hotels", "room booked"));

        string result = await RunAsync(orchestration, "book a trip");

        Assert.Equal("room booked", result);
        Assert.Equal("""
            POST /trips
              invoke_workflow SequentialOrchestration
                invoke_agent Flights
                  chat scripted-model
                invoke_agent Hotels
                  chat scripted-model
            """, spans.Tree);
        Assert.Equal("success", Run(spans).GetTagItem("agenttrace.run.outcome"));
        Assert.Equal([0, 1], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
        Assert.Null(spans.Turns[0].GetTagItem("agenttrace.handoff.from"));
        Assert.Empty(spans.Turns[0].Links);
        Assert.Equal("Flights", spans.Turns[1].GetTagItem("agenttrace.handoff.from"));
        Assert.Equal(spans.Turns[0].SpanId, Assert.Single(spans.Turns[1].Links).Context.SpanId);
        Assert.Contains("flight booked", (string)spans.Turns[0].GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_IsOneTrace()
    {
        using var spans = new RecordedSpans();

        await RunAsync(new ConcurrentOrchestration(Agents.Scripted("Flights", "a"), Agents.Scripted("Hotels", "b")), "book a trip");

        Assert.Equal(1, spans.Traces);
        Assert.Equal(6, spans.All.Count);
        Assert.All(spans.All.Where(span => span.DisplayName.StartsWith("chat", StringComparison.Ordinal)), chat => Assert.Contains(chat.ParentSpanId, spans.Turns.Select(turn => turn.SpanId)));
        Assert.Equal(["invoke_agent Flights", "invoke_agent Hotels"], spans.Turns.Select(turn => turn.DisplayName).Order());
        Assert.All(spans.Turns, turn => Assert.Equal(Run(spans).SpanId, turn.ParentSpanId));
    }

    [Fact]
    public async Task GroupChat_IsOneTraceInOrder()
    {
        using var spans = new RecordedSpans();
        var manager = new RoundRobinGroupChatManager { MaximumInvocationCount = 3 };

        await RunAsync(new GroupChatOrchestration(manager, Agents.Scripted("Writer", "draft", "better"), Agents.Scripted("Critic", "longer")), "write");

        Assert.Equal("""
            POST /trips
              invoke_workflow GroupChatOrchestration
                invoke_agent Writer
                  chat scripted-model
                invoke_agent Critic
                  chat scripted-model
                invoke_agent Writer
                  chat scripted-model
            """, spans.Tree);
        Assert.Equal([0, 1, 2], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
        Assert.Equal([null, "Writer", "Critic"], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.handoff.from")));
        Assert.Equal(spans.Turns[0].SpanId, Assert.Single(spans.Turns[1].Links).Context.SpanId);
    }

    [Fact]
    public async Task GroupChat_ManagerFails_RunEndsAsAFailureThoughTheResultNeverComes()
    {
        using var spans = new RecordedSpans();
        await using var runtime = new InProcessRuntime();
        await runtime.StartAsync(TestContext.Current.CancellationToken);

        await new GroupChatOrchestration(new UndecidedManager(), Agents.Scripted("Writer", "draft")).InvokeAsync("write", runtime);
        await runtime.RunUntilIdleAsync();

        Assert.Equal("""
            invoke_workflow GroupChatOrchestration !
              invoke_agent GroupChatManager !
            """, spans.Tree);
        Assert.Equal("failure", Run(spans).GetTagItem("agenttrace.run.outcome"));
    }

    [Fact]
    public async Task Handoff_IsOneTraceAndSaysWhoHandedOver()
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent concierge = Agents.Scripted("Concierge", ScriptedReply.Invokes("HandoffPlugin", "transfer_to_Flights"), "over to Flights");
        ChatCompletionAgent flights = Agents.Scripted("Flights", "flight booked");

        await RunAsync(new HandoffOrchestration(OrchestrationHandoffs.StartWith(concierge).Add(concierge, flights, "for flights"), concierge, flights), "book");

        Assert.Equal("""
            POST /trips
              invoke_workflow HandoffOrchestration
                invoke_agent Concierge
                  chat scripted-model
                  execute_tool HandoffPlugin-transfer_to_Flights
                invoke_agent Flights
                  chat scripted-model
            """, spans.Tree);
        Assert.Equal(["invoke_agent Concierge", "invoke_agent Flights"], spans.Turns.OrderBy(turn => turn.StartTimeUtc).Select(turn => turn.DisplayName));
        Activity from = Assert.Single(spans.Turns, turn => turn.DisplayName == "invoke_agent Concierge");
        Activity to = Assert.Single(spans.Turns, turn => turn.DisplayName == "invoke_agent Flights");
        Assert.Equal("Flights", from.GetTagItem("agenttrace.handoff.to"));
        Assert.Equal("Concierge", to.GetTagItem("agenttrace.handoff.from"));
        Assert.Contains(spans.All, span => span.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal) && span.ParentSpanId == from.SpanId);
    }

    [Fact]
    public async Task Magentic_IsOneTraceManagerAndWorkers()
    {
        using var spans = new RecordedSpans();
        static string Ledger(bool done) => new MagenticProgressLedger(
            "Flights", "book", "because", new LedgerState(done, "r"), new LedgerState(true, "r"), new LedgerState(false, "r")).ToJson();
        var managersModel = new ScriptedChatCompletion("facts", "plan", Ledger(done: false), Ledger(done: true), "final answer") { WritesChatSpans = true };

        string result = await RunAsync(
            new MagenticOrchestration(new StandardMagenticManager(managersModel, new JsonSettings()), Agents.Scripted("Flights", "flight booked")), "book");

        Assert.Equal("final answer", result);
        Assert.Equal("""
            POST /trips
              invoke_workflow MagenticOrchestration
                invoke_agent MagenticManager
                  chat scripted-model
                  chat scripted-model
                  chat scripted-model
                invoke_agent Flights
                  chat scripted-model
                invoke_agent MagenticManager
                  chat scripted-model
                  chat scripted-model
            """, spans.Tree);
    }

    [Fact]
    public async Task AgentFails_TurnAndRunAreErrors()
    {
        using var spans = new RecordedSpans();

        await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(
            new SequentialOrchestration(Agents.Scripted("Flights", "ok"), Agents.Scripted("Hotels", ScriptedReply.Throws(new InvalidOperationException("no rooms")))), "book"));

        Assert.Equal("""
            POST /trips
              invoke_workflow SequentialOrchestration !
                invoke_agent Flights
                  chat scripted-model
                invoke_agent Hotels !
                  chat scripted-model !
            """, spans.Tree);
        Assert.Equal("failure", Run(spans).GetTagItem("agenttrace.run.outcome"));
    }

    [Fact]
    public async Task CustomAgents_AreTurnsToo()
    {
        using var spans = new RecordedSpans(content: true);

        await RunAsync(new SequentialOrchestration(new EchoAgent { Name = "First", Description = "first" }, new EchoAgent { Name = "Second", Description = "second" }), "hello");

        Assert.Equal("""
            POST /trips
              invoke_workflow SequentialOrchestration
                invoke_agent First
                invoke_agent Second
            """, spans.Tree);
    }

    /// <summary>The manager asks for settings of a model that can be held to a schema.</summary>
    private sealed class JsonSettings : PromptExecutionSettings
    {
        public object? ResponseFormat { get; set; }
    }

    private sealed class UndecidedManager : GroupChatManager
    {
        public override ValueTask<GroupChatManagerResult<string>> FilterResults(ChatHistory history, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("It never gets that far.");

        public override ValueTask<GroupChatManagerResult<string>> SelectNextAgent(
            ChatHistory history, GroupChatTeam team, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Nobody fits.");

        public override ValueTask<GroupChatManagerResult<bool>> ShouldRequestUserInput(ChatHistory history, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new GroupChatManagerResult<bool>(false));
    }

    private static Activity Run(RecordedSpans spans) => Assert.Single(spans.All, span => span.DisplayName.StartsWith("invoke_workflow", StringComparison.Ordinal));

    /// <summary>The runtime is started before the request, as hosts do it: without help every turn would be an orphan of its own.</summary>
    private static async Task<string> RunAsync<TOutput>(AgentOrchestration<string, TOutput> orchestration, string input)
    {
        await using var runtime = new InProcessRuntime();
        await runtime.StartAsync(TestContext.Current.CancellationToken);
        using var source = new ActivitySource("AgentTrace");
        TOutput value;
        using (source.StartActivity("POST /trips"))
        {
            OrchestrationResult<TOutput> result = await orchestration.InvokeAsync(input, runtime);
            value = await result.GetValueAsync(Patience);
        }

        await runtime.RunUntilIdleAsync();
        return value as string ?? "";
    }
}
