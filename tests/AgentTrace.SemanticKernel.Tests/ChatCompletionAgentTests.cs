using System.Diagnostics;
using AgentTrace.SpanKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using SemanticKernel.Shim.TestKit;

namespace AgentTrace.SemanticKernel.Tests;

public sealed class ChatCompletionAgentTests
{
    [Fact]
    public async Task TwoTurnsOnOneThread_AreOneTrace()
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent agent = Agents.Scripted("Visa", "one", "two");
        var thread = new ChatHistoryAgentThread();

        await Agents.ReadAsync(agent.InvokeAsync("first", thread));
        await Agents.ReadAsync(agent.InvokeAsync("second", thread));

        Assert.Equal("""
            invoke_workflow Visa
              invoke_agent Visa
                chat scripted-model
              invoke_agent Visa
                chat scripted-model
            """, spans.Tree);
        Assert.Equal([0, 1], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
        Assert.All(spans.Turns, turn => Assert.Null(turn.GetTagItem("gen_ai.conversation.id")));
        AssertNoContent(spans);
    }

    [Fact]
    public async Task CustomChatService_WritesNoChatSpan_TheTurnIsThere()
    {
        using var spans = new RecordedSpans();

        await Agents.ReadAsync(Agents.Over("Visa", new ScriptedChatCompletion("one")).InvokeAsync("first"));

        Assert.Equal("""
            invoke_workflow Visa
              invoke_agent Visa
            """, spans.Tree);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Streaming_IsOneTurn_ContentOnlyWhenAskedFor(bool content)
    {
        using var spans = new RecordedSpans(content);

        await Agents.ReadAsync(Agents.Scripted("Visa", "no visa needed").InvokeStreamingAsync("secret question"));

        Assert.Equal("""
            invoke_workflow Visa
              invoke_agent Visa
                chat scripted-model
            """, spans.Tree);
        if (content)
            Assert.Contains("no visa needed", (string)Assert.Single(spans.Turns).GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
        else
            AssertNoContent(spans);
    }

    [Fact]
    public async Task Streaming_CallerBreaksOff_IsAbandoned()
    {
        using var spans = new RecordedSpans();

        await foreach (AgentResponseItem<StreamingChatMessageContent> _ in Agents.Scripted("Visa", "no visa needed at all").InvokeStreamingAsync("go"))
            break;

        Assert.Equal("abandoned", Assert.Single(spans.Turns).GetTagItem("agenttrace.turn.outcome"));
        Assert.Equal(1, spans.Traces);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AutoFunctionCalling_ToolsHangUnderTheTurn(bool streaming)
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent agent = Agents.Over("Hotels",
            new ScriptedChatCompletion(ScriptedReply.Invokes("hotels", "book", ("city", "Lisbon")), "booked") { WritesChatSpans = true },
            Agents.Hotels(city => $"room in {city}"));

        if (streaming)
            await Agents.ReadAsync(agent.InvokeStreamingAsync("book"));
        else
            await Agents.ReadAsync(agent.InvokeAsync("book"));

        Assert.Equal("""
            invoke_workflow Hotels
              invoke_agent Hotels
                chat scripted-model
                execute_tool hotels-book
                chat scripted-model
            """, spans.Tree);
        AssertNoContent(spans);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChatClientWithTools_IsOneTraceAndNothingTwice(bool streaming)
    {
        using var spans = new RecordedSpans();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(new ScriptedChatClient(ScriptedReply.Invokes("hotels", "book", ("city", "Lisbon")), "booked")
            .AsBuilder().UseKernelFunctionInvocation().UseOpenTelemetry().Build());
        Kernel kernel = builder.Build();
        kernel.Plugins.Add(Agents.Hotels(city => $"room in {city}"));
        var agent = new ChatCompletionAgent
        {
            Name = "Hotels",
            Kernel = kernel,
            Arguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }),
        };

        if (streaming)
            await Agents.ReadAsync(agent.InvokeStreamingAsync("book"));
        else
            await Agents.ReadAsync(agent.InvokeAsync("book"));

        Assert.Equal("""
            invoke_workflow Hotels
              invoke_agent Hotels
                chat scripted-model
                execute_tool hotels_book
                chat scripted-model
            """, spans.Tree);
        Activity turn = Assert.Single(spans.Turns);
        Assert.Equal((20L, 10L), (turn.GetTagItem("gen_ai.usage.input_tokens"), turn.GetTagItem("gen_ai.usage.output_tokens")));
        AssertNoContent(spans);
    }

    [Fact]
    public async Task ToolCalls_ContentIsAskedFor_HaveIdArgumentsAndResult()
    {
        using var spans = new RecordedSpans(content: true);
        ChatCompletionAgent agent = Agents.Over("Hotels",
            new ScriptedChatCompletion(ScriptedReply.Invokes("hotels", "book", ("city", "Lisbon")), "booked"), Agents.Hotels(city => $"room in {city}"));

        await Agents.ReadAsync(agent.InvokeAsync("book"));
        await Agents.ReadAsync(Agents.Scripted("Other", "x").InvokeAsync("y"));

        Activity tool = Assert.Single(spans.All, span => span.DisplayName == "execute_tool hotels-book");
        Assert.False(string.IsNullOrEmpty((string?)tool.GetTagItem("gen_ai.tool.call.id")));
        Assert.Equal("""{"city":"Lisbon"}""", tool.GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Contains("room in Lisbon", (string)tool.GetTagItem("gen_ai.tool.call.result")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolArgumentThatCannotBeRead_LeavesTheAppAlone()
    {
        using var spans = new RecordedSpans(content: true);
        KernelPlugin plugin = KernelPluginFactory.CreateFromFunctions("odd", [KernelFunctionFactory.CreateFromMethod(() => 1, "one")]);
        ChatCompletionAgent agent = Agents.Over("Odd", new ScriptedChatCompletion(ScriptedReply.Invokes("odd", "one", ("what", new Unreadable())), "done"), plugin);

        List<ChatMessageContent> answer = await Agents.ReadAsync(agent.InvokeAsync("go"));

        Assert.Equal("done", answer[^1].Content);
        Assert.Single(spans.All, span => span.DisplayName == "execute_tool odd-one" && span.Status != ActivityStatusCode.Error);
    }

    private sealed class Unreadable
    {
        public override string ToString() => throw new InvalidOperationException("nobody may read this");
    }

    [Fact]
    public async Task ChatServiceThrows_ChatTurnAndRunAreErrors()
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent agent = Agents.Scripted("Visa", ScriptedReply.Throws(new HttpRequestException("503")));

        await Assert.ThrowsAnyAsync<Exception>(() => Agents.ReadAsync(agent.InvokeAsync("go")));

        Assert.Equal("""
            invoke_workflow Visa !
              invoke_agent Visa !
                chat scripted-model !
            """, spans.Tree);
        Assert.Contains(Assert.Single(spans.Turns).Events, e => e.Name == "exception");
    }

    [Fact]
    public async Task PluginThrows_ToolIsAnErrorAndTheTurnGoesOn()
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent agent = Agents.Over("Hotels",
            new ScriptedChatCompletion(ScriptedReply.Invokes("hotels", "book", ("city", "Lisbon")), "sorry") { WritesChatSpans = true },
            Agents.Hotels(_ => throw new InvalidOperationException("no rooms")));

        await Agents.ReadAsync(agent.InvokeAsync("book"));

        Assert.Equal("""
            invoke_workflow Hotels
              invoke_agent Hotels
                chat scripted-model
                execute_tool hotels-book !
                chat scripted-model
            """, spans.Tree);
    }

    [Fact]
    public async Task InsideASpanOfTheApp_TheTurnHangsUnderIt()
    {
        using var source = new ActivitySource("AgentTrace");
        using var spans = new RecordedSpans();
        using (source.StartActivity("GET /ask"))
            await Agents.ReadAsync(Agents.Scripted("Visa", "one").InvokeAsync("first"));

        Assert.Equal("""
            GET /ask
              invoke_agent Visa
                chat scripted-model
            """, spans.Tree);
    }

    private static void AssertNoContent(RecordedSpans spans) => Assert.DoesNotContain(
        spans.All.SelectMany(span => span.TagObjects).Concat(spans.All.SelectMany(span => span.Events).SelectMany(e => e.Tags)),
        tag => tag.Key.Contains("messages", StringComparison.Ordinal) || tag.Key.Contains("arguments", StringComparison.Ordinal)
            || tag.Key.Contains("instructions", StringComparison.Ordinal) || tag.Key.EndsWith("call.result", StringComparison.Ordinal));
}
