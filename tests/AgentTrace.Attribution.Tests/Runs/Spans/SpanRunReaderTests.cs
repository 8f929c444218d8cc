using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;
using static AgentTrace.Attribution.Tests.Runs.Spans.SpanBuilder;

namespace AgentTrace.Attribution.Tests.Runs.Spans;

public sealed class SpanRunReaderTests
{
    private const string Hello = """[{"role":"assistant","parts":[{"type":"text","content":"hello"}],"finish_reason":"stop"}]""";

    [Fact]
    public void Read_OurSpans_GivesTurnsWithTheirTools()
    {
        AgentRun run = Read(
            Root("1", (GenAiAttributes.WorkflowName, "desk"), (AgentTraceAttributes.RunExpectedAnswer, "TP1"),
                (GenAiAttributes.InputMessages, """[{"role":"system","parts":[{"type":"text","content":"be nice"}]},{"role":"user","parts":[{"type":"text","content":"a trip"}]}]""")),
            Turn("3", "1", "Flights", 1, (AgentTraceAttributes.TurnIndex, 1L), (AgentTraceAttributes.HandoffFrom, "Planner"), Says(Hello)),
            Turn("2", "1", "Planner", 2, (AgentTraceAttributes.TurnIndex, 0L), (AgentTraceAttributes.HandoffTo, "Flights")),
            Tool("5", "3", "book", 1.2) with { Status = SpanStatus.Error, StatusMessage = "503" },
            Tool("4", "3", "search", 1.1, (GenAiAttributes.ToolCallArguments, "{}"), (GenAiAttributes.ToolCallResult, "[]")));

        Assert.Equal(("desk", "a trip", "TP1"), (run.Name, run.Task, run.ExpectedAnswer));
        Assert.Equal(["Planner", "Flights"], run.Steps.Select(step => step.Agent));
        Assert.Equal(("Flights", "Planner", "hello"), (run.Steps[0].HandoffTo, run.Steps[1].HandoffFrom, run.Steps[1].Output));
        Assert.Equal([("search", "{}", "[]", null), ("book", null, null, "503")], run.Steps[1].ToolCalls.Select(call => (call.Name, call.Arguments, call.Result, call.Error)));
        Assert.Equal("0000000000000001", run.RootSpanId);
        Assert.Equal("0000000000000005", run.Steps[1].ToolCalls[1].SpanId);
    }

    [Fact]
    public void Read_IndexMissingOrTwiceThere_FallsBackToTime()
    {
        AgentRun run = Read(Root(), Turn("3", "1", "B", 1, (AgentTraceAttributes.TurnIndex, 1L)), Turn("2", "1", "C", 2, (AgentTraceAttributes.TurnIndex, 1L)), Turn("4", "1", "A", 1));

        Assert.Equal(["B", "A", "C"], run.Steps.Select(step => step.Agent));
    }

    [Fact]
    public void Read_NativeSpanRightUnderOurs_CountsOnceAndFillsTheGaps()
    {
        AgentRun run = Read(
            Root(), Turn("2", "1", "Flights", 1, (AgentTraceAttributes.TurnIndex, 0L)),
            Turn("3", "2", "Flights(0a1b2c3d4e)", 1.1, Says(Hello), (GenAiAttributes.AgentId, "0a1b2c3d4e")), Tool("4", "3", "search", 1.2));

        Step step = Assert.Single(run.Steps);
        Assert.Equal(("Flights", "hello", "0000000000000002"), (step.Agent, step.Output, step.SpanId));
        Assert.Single(step.ToolCalls);
    }

    [Fact]
    public void Read_AgentInsideAgent_IsAStepOfItsOwn()
    {
        AgentRun run = Read(Turn("1", null, "Lead", 0), Tool("2", "1", "ask_helper", 1), Turn("3", "2", "Helper", 2), Tool("4", "3", "search", 3));

        Assert.Equal(["Lead", "Helper"], run.Steps.Select(step => step.Agent));
        Assert.Equal(["ask_helper"], run.Steps[0].ToolCalls.Select(call => call.Name));
        Assert.Equal(["search"], run.Steps[1].ToolCalls.Select(call => call.Name));
    }

    [Fact]
    public void Read_ManagerIsABareChat_IsAStepNamedAfterTheWorkflow()
    {
        AgentRun run = Read(Root("1", (GenAiAttributes.WorkflowName, "magentic")), Chat("2", "1", 1, Says(Hello)), Turn("3", "1", "Worker", 2), Chat("4", "3", 2.1, Says(Hello)));

        Assert.Equal(["magentic", "Worker"], run.Steps.Select(step => step.Agent));
        Assert.Equal(["hello", "hello"], run.Steps.Select(step => step.Output));
        Assert.Equal("svc", SpanRunReader.Read([Chat("2", null, 1) with { ServiceName = "svc" }])!.Steps[0].Agent);
        Assert.Equal("model", SpanRunReader.Read([Chat("2", null, 1)])!.Steps[0].Agent);
    }

    [Fact]
    public void Read_ToolCallsInMessagesOnly_AreReadWithTheirResults()
    {
        AgentRun run = Read(
            Turn("1", null, "A", 0),
            Chat("2", "1", 1, Says("""[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"search","arguments":{"to":"OSL"}}]}]""")),
            Chat("3", "1", 2, Says(Hello), (GenAiAttributes.InputMessages, """[{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"[]"}]}]""")));

        Step step = Assert.Single(run.Steps);
        Assert.Equal([("search", """{"to":"OSL"}""", "[]")], step.ToolCalls.Select(call => (call.Name, call.Arguments, call.Result)));
        Assert.Equal("hello", step.Output);
    }

    [Fact]
    public void Read_SemanticKernelMessages_MatchesCallsToItsSpansByName()
    {
        AgentRun run = Read(
            Turn("1", null, "A", 0, (GenAiAttributes.LegacySystem, "openai")), Tool("2", "1", "Desk-search", 1),
            Chat("3", "1", 0.5, Says("""[{"role":"assistant","name":"A","content":"let me look","tool_calls":[{"id":"c1","function":{"name":"search","arguments":"{}"}}]}]""")));

        ToolCall call = Assert.Single(run.Steps[0].ToolCalls);
        Assert.Equal(("Desk-search", "{}", "0000000000000002"), (call.Name, call.Arguments, call.SpanId));
        Assert.Equal("let me look", run.Steps[0].Output);
    }

    [Fact]
    public void Read_TransferTool_IsAHandoff()
    {
        AgentRun run = Read(Root(), Turn("2", "1", "Triage", 1), Tool("3", "2", "Handoff-transfer_to_Billing", 1.1), Turn("4", "1", "Billing", 2));

        Assert.Equal(("Billing", "Triage"), (run.Steps[0].HandoffTo, run.Steps[1].HandoffFrom));
    }

    [Theory]
    [InlineData("not json", "not json")]
    [InlineData("""[{"role":"assistant","parts":[{"type":"te""", """[{"role":"assistant","parts":[{"type":"te""")]
    [InlineData("[1,null,\"x\"]", "1\nnull\nx")]
    [InlineData("""{"role":"assistant","parts":"bare"}""", "bare")]
    [InlineData("""[{"role":"assistant","parts":[{"type":"text","content":"a"},{"type":"image"},{"type":"text","content":"b"}]}]""", "a\nb")]
    [InlineData("42", "42")]
    [InlineData("  ", "")]
    public void Read_HostileMessages_AreText(string content, string output) => Assert.Equal(output, Read(Turn("1", null, "A", 0, Says(content))).Steps[0].Output);

    [Fact]
    public void Read_DeepMessages_AreText()
    {
        string deep = new string('[', 5_000) + new string(']', 5_000);

        Assert.Equal(deep, Read(Turn("1", null, "A", 0, Says(deep))).Steps[0].Output);
    }

    [Fact]
    public void Read_StructuredAttribute_IsReadLikeJson()
    {
        object?[] messages = [new Dictionary<string, object?> { ["role"] = "assistant", ["content"] = "hello" }];

        Assert.Equal("hello", Read(Turn("1", null, "A", 0, (GenAiAttributes.OutputMessages, messages))).Steps[0].Output);
    }

    [Fact]
    public void Read_CircularParents_Ends()
    {
        AgentRun run = Read(Turn("1", "2", "A", 0), Turn("2", "1", "A", 1), Turn("3", "3", "B", 2), Tool("4", "4", "t", 3));

        Assert.Equal(["A", "B"], run.Steps.Select(step => step.Agent));
        Assert.Equal("t", Assert.Single(run.Steps[1].ToolCalls).Name);
    }

    [Fact]
    public void Read_SameSpanTwiceAndOrphans_CountOnceEach()
    {
        AgentSpan turn = Turn("2", "9", "A", 2);

        AgentRun run = Read(turn, Turn("1", "8", "B", 1), turn with { });

        Assert.Equal(["B", "A"], run.Steps.Select(step => step.Agent));
        Assert.Equal("0000000000000001", run.RootSpanId);
    }

    [Fact]
    public void Read_ModelFailedInATurnWithoutStatus_IsTheTurnsError()
    {
        AgentRun run = Read(Turn("1", null, "A", 0), Chat("2", "1", 1) with { Status = SpanStatus.Error, StatusMessage = "429" });

        Assert.Equal("429", run.Steps[0].Error);
    }

    [Fact]
    public void Read_EarlierVerdict_IsNotRead()
    {
        AgentRun run = Read(
            Root(), Turn("2", "1", "A", 1),
            Span("3", "2", "decisive_error", null, 2) with { Name = AttributionAttributes.DecisiveErrorSpan, Status = SpanStatus.Error },
            Turn("4", "1", "B", 3) with { Name = AttributionAttributes.AttributeFailureSpan });

        Assert.Equal("A", Assert.Single(run.Steps).Agent);
    }

    [Fact]
    public void Read_NothingOfAgents_IsNull()
    {
        Assert.Null(SpanRunReader.Read([]));
        Assert.Null(SpanRunReader.Read([Span("1", null, "GET", "/", 0)]));
        Assert.Empty(SpanRunReader.Read([Tool("1", "9", "t", 0)])!.Steps);
    }

    [Fact]
    public void Read_TwoTraces_Throws() =>
        Assert.Throws<ArgumentException>(() => SpanRunReader.Read([Turn("1", null, "A", 0), Turn("2", null, "A", 0) with { TraceId = "f" }]));

    [Fact]
    public void Read_MessageWithANameThatIsHalfASurrogatePair_KeepsTheRestOfTheMessage()
    {
        AgentRun run = SpanBuilder.Read(SpanBuilder.Root(), SpanBuilder.Turn("2", "1", "A", 1,
            SpanBuilder.Says("""[{"\ud800":1,"role":"assistant","content":"said","tool_calls":[{"\udc00":2,"function":{"\ud801":3,"name":"search"}}]}]""")));

        Assert.Equal("said", run.Steps[0].Output);
        Assert.Equal("search", Assert.Single(run.Steps[0].ToolCalls).Name);
    }
}
