using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.ChatClients;

[Collection(ProcessWide.Name)]
public sealed class FunctionLoopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task TracedOutside_ToolIsCalled_OneTurnOneChatOneTool(bool streaming, bool content)
    {
        using Recorder recorder = content ? Recorder.WithContent() : Recorder.Start();
        IChatClient client = new FunctionLoopClient(Model()).WithAgentTrace("A");

        await AskAsync(client, streaming);

        Assert.Equal(["execute_tool search", "chat default-model", "invoke_agent A"], recorder.Spans.Select(span => span.DisplayName));
        Activity tool = recorder["execute_tool search"];
        Assert.Equal(recorder["chat default-model"].SpanId, tool.ParentSpanId);
        Assert.Equal("finds flights", tool.GetTagItem(GenAiAttributes.ToolDescription));
        Assert.Equal(content ? """{"to":"Oslo"}""" : null, tool.GetTagItem(GenAiAttributes.ToolCallArguments));
        Assert.Equal(content ? "SK1 to Oslo" : null, tool.GetTagItem(GenAiAttributes.ToolCallResult));
        Assert.Equal(107L, recorder["invoke_agent A"].GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Fact]
    public async Task TracedOutside_ContentOn_MessagesHoldCallsAndResults()
    {
        using Recorder recorder = Recorder.WithContent();

        await AskAsync(new FunctionLoopClient(Model()).WithAgentTrace("A"), streaming: false);

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"search","arguments":{"to":"Oslo"}}],"finish_reason":"tool_call"},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"SK1 to Oslo"}]},"""
            + """{"role":"assistant","parts":[{"type":"text","content":"booked"}],"finish_reason":"stop"}]""",
            recorder["invoke_agent A"].GetTagItem(GenAiAttributes.OutputMessages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TracedInsideTurn_LoopOutside_ToolIsRecordedOnceByTheLoop(bool streaming)
    {
        using Recorder recorder = Recorder.Start();
        IChatClient client = new FunctionLoopClient(Model().WithAgentTrace("A"));

        using (AgentTurn.Start("A"))
            await AskAsync(client, streaming, Search().WithAgentTrace());

        Activity turn = recorder["invoke_agent A"];
        Assert.Equal(turn.SpanId, recorder["execute_tool search"].ParentSpanId);
        Assert.Equal(2, recorder.All("chat default-model").Count);
        Assert.Equal(107L, turn.GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TracedOnBothSides_ToolIsCalled_OneTurnAndEachRequestAChat(bool streaming)
    {
        using Recorder recorder = Recorder.Start();
        IChatClient client = new FunctionLoopClient(Model().WithAgentTrace("A")).WithAgentTrace("A");

        await AskAsync(client, streaming);

        Activity turn = recorder["invoke_agent A"];
        Assert.Equal(2, recorder.All("chat default-model").Count);
        Assert.All(recorder.Spans.Where(span => span != turn), span => Assert.Equal(turn.SpanId, span.ParentSpanId));
        Assert.Single(recorder.All("execute_tool search"));
        Assert.Equal(107L, turn.GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Fact]
    public async Task Tools_OfTheCaller_AreNotChanged()
    {
        using Recorder recorder = Recorder.Start();
        ScriptedChatClient model = new(Answers.Text("a"));
        AIFunction search = Search();
        var options = new ChatOptions { Tools = [search], Temperature = 0.5f };

        await model.WithAgentTrace("A").GetResponseAsync("q", options, Token);

        Assert.Same(search, Assert.Single(options.Tools));
        ChatOptions seen = Assert.Single(model.Options)!;
        Assert.NotSame(options, seen);
        Assert.Equal(0.5f, seen.Temperature);
        Assert.Equal("search", Assert.Single(seen.Tools!).Name);
    }

    [Fact]
    public async Task Tools_None_OptionsPassAsTheyAre()
    {
        using Recorder recorder = Recorder.Start();
        ScriptedChatClient model = new(Answers.Text("a"));
        var options = new ChatOptions();

        await model.WithAgentTrace("A").GetResponseAsync("q", options, Token);

        Assert.Same(options, Assert.Single(model.Options));
    }

    [Fact]
    public async Task Function_Throws_MarksToolAndRethrows()
    {
        using Recorder recorder = Recorder.Start();
        AIFunction function = AIFunctionFactory.Create(string () => throw new TimeoutException("slow"), "search").WithAgentTrace();

        await Assert.ThrowsAsync<TimeoutException>(async () => await function.InvokeAsync(cancellationToken: Token));

        Assert.Equal(ActivityStatusCode.Error, recorder["execute_tool search"].Status);
        Assert.Equal("System.TimeoutException", recorder["execute_tool search"].GetTagItem(OpenTelemetryAttributes.ErrorType));
    }

    [Fact]
    public async Task Function_CallsOtherFunction_BothAreRecorded()
    {
        using Recorder recorder = Recorder.Start();
        AIFunction inner = AIFunctionFactory.Create(() => 1, "inner").WithAgentTrace();
        AIFunction outer = AIFunctionFactory.Create(async () => await inner.InvokeAsync(cancellationToken: Token), "outer").WithAgentTrace();

        await outer.InvokeAsync(cancellationToken: Token);

        Assert.Equal(recorder["execute_tool outer"].SpanId, recorder["execute_tool inner"].ParentSpanId);
    }

    [Fact]
    public void WithAgentTrace_FunctionTwice_ReturnsSameFunction()
    {
        AIFunction once = Search().WithAgentTrace();

        Assert.Same(once, once.WithAgentTrace());
        Assert.Throws<ArgumentNullException>("function", () => ((AIFunction)null!).WithAgentTrace());
    }

    private static ScriptedChatClient Model() => new(Answers.ToolCall("c1", "search", ("to", "Oslo")), Answers.Text("booked"));

    private static AIFunction Search() => AIFunctionFactory.Create((string to) => "SK1 to " + to, "search", "finds flights");

    private static async Task AskAsync(IChatClient client, bool streaming, AIFunction? function = null)
    {
        var options = new ChatOptions { Tools = [function ?? Search()] };
        if (!streaming)
        {
            await client.GetResponseAsync("q", options, Token);
            return;
        }

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", options, Token))
        {
        }
    }
}
