using System.Diagnostics;
using System.Text.Json;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.ChatClients;

[Collection(ProcessWide.Name)]
public sealed class ChatClientResponseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponseAsync_NoTurnAround_WritesTurnAndChat(bool content)
    {
        using Recorder recorder = content ? Recorder.WithContent() : Recorder.Start();
        using IChatClient client = new ScriptedChatClient(Answers.Text("done", conversationId: "conv-9")).WithAgentTrace("Flights");

        await client.GetResponseAsync(
            "book",
            new ChatOptions { ModelId = "acme-1", Temperature = 0.5f, TopP = 0.25f, MaxOutputTokens = 64, Instructions = "be brief" },
            Token);

        Activity turn = recorder["invoke_agent Flights"];
        Activity chat = recorder["chat acme-1"];
        Assert.Equal(turn.SpanId, chat.ParentSpanId);
        Assert.Equal(ActivityKind.Client, chat.Kind);
        Assert.Equal("chat", chat.GetTagItem(GenAiAttributes.OperationName));
        Assert.Equal("acme", chat.GetTagItem(GenAiAttributes.ProviderName));
        Assert.Equal("acme-1", chat.GetTagItem(GenAiAttributes.RequestModel));
        Assert.Equal("models.acme.test", chat.GetTagItem(OpenTelemetryAttributes.ServerAddress));
        Assert.Equal(8443, chat.GetTagItem(OpenTelemetryAttributes.ServerPort));
        Assert.Equal(0.5, chat.GetTagItem(GenAiAttributes.RequestTemperature));
        Assert.Equal(0.25, chat.GetTagItem(GenAiAttributes.RequestTopP));
        Assert.Equal(64, chat.GetTagItem(GenAiAttributes.RequestMaxTokens));
        Assert.Equal("acme-1-mini", chat.GetTagItem(GenAiAttributes.ResponseModel));
        Assert.Equal("r-1", chat.GetTagItem(GenAiAttributes.ResponseId));
        Assert.Equal(["stop"], Assert.IsType<string[]>(chat.GetTagItem(GenAiAttributes.ResponseFinishReasons)));
        foreach (Activity span in (Activity[])[turn, chat])
        {
            Assert.Equal("conv-9", span.GetTagItem(GenAiAttributes.ConversationId));
            Assert.Equal(7L, span.GetTagItem(GenAiAttributes.UsageInputTokens));
            Assert.Equal(5L, span.GetTagItem(GenAiAttributes.UsageOutputTokens));
            Assert.Equal(
                content ? """[{"role":"user","parts":[{"type":"text","content":"book"}]}]""" : null,
                span.GetTagItem(GenAiAttributes.InputMessages));
            Assert.Equal(
                content ? """[{"role":"assistant","parts":[{"type":"text","content":"done"}],"finish_reason":"stop"}]""" : null,
                span.GetTagItem(GenAiAttributes.OutputMessages));
        }

        Assert.Equal(content ? """[{"type":"text","content":"be brief"}]""" : null, chat.GetTagItem(GenAiAttributes.SystemInstructions));
    }

    [Fact]
    public async Task GetResponseAsync_NoConversation_WritesNoId()
    {
        using Recorder recorder = Recorder.Start();

        await new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A").GetResponseAsync("q", cancellationToken: Token);

        Assert.All(recorder.Spans, span => Assert.Null(span.GetTagItem(GenAiAttributes.ConversationId)));
        Assert.Equal("chat default-model", recorder.Spans[0].DisplayName);
    }

    [Fact]
    public async Task GetResponseAsync_NoUsageReported_WritesNone()
    {
        using Recorder recorder = Recorder.Start();
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "a"));

        await new ScriptedChatClient(answer).WithAgentTrace("A").GetResponseAsync("q", cancellationToken: Token);

        Assert.All(recorder.Spans, span => Assert.Null(span.GetTagItem(GenAiAttributes.UsageInputTokens)));
    }

    [Fact]
    public async Task GetResponseAsync_InsideTurnOfSameAgent_WritesOnlyChats()
    {
        using Recorder recorder = Recorder.Start();
        IChatClient client = new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A");

        using (AgentTurn.Start("A"))
        {
            await client.GetResponseAsync("q", cancellationToken: Token);
            await client.GetResponseAsync("q", cancellationToken: Token);
        }

        Activity turn = recorder["invoke_agent A"];
        Assert.All(recorder.All("chat default-model"), chat => Assert.Equal(turn.SpanId, chat.ParentSpanId));
        Assert.Equal(3, recorder.Spans.Count);
        Assert.Equal(14L, turn.GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Fact]
    public async Task GetResponseAsync_InsideFrameworksOwnTurn_WritesOnlyChat()
    {
        using var framework = new ActivitySource(ActivitySources.AgentFramework);
        using Recorder recorder = Recorder.Start();
        using (Activity native = framework.StartActivity("invoke_agent A(1)")!)
        {
            native.SetTag(GenAiAttributes.OperationName, "invoke_agent").SetTag(GenAiAttributes.AgentName, "A");
            await new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A").GetResponseAsync("q", cancellationToken: Token);
        }

        Assert.Equal(["chat default-model", "invoke_agent A"], recorder.Spans.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task GetResponseAsync_InsideTurnOfOtherAgent_NestsATurn()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        using (AgentTurn.Start("Boss"))
            await new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("Helper").GetResponseAsync("q", cancellationToken: Token);

        Assert.Equal(recorder["invoke_agent Boss"].SpanId, recorder["invoke_agent Helper"].ParentSpanId);
        Assert.Equal(1, recorder["invoke_agent Helper"].GetTagItem(AgentTraceAttributes.TurnIndex));
        Assert.Equal(7L, recorder["invoke_agent Helper"].GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Null(recorder["invoke_agent Boss"].GetTagItem(GenAiAttributes.UsageInputTokens));
    }

    [Fact]
    public async Task GetResponseAsync_ClientThrows_MarksBothAndRethrows()
    {
        using Recorder recorder = Recorder.Start();
        var error = new HttpRequestException("503 for key sk-abcdefghijklmnop");
        IChatClient client = new ScriptedChatClient { Error = error }.WithAgentTrace("A");

        Assert.Same(error, await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("q", cancellationToken: Token)));

        Assert.Equal(2, recorder.Spans.Count);
        Assert.All(recorder.Spans, span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Equal("503 for key [redacted]", span.StatusDescription);
            Assert.Equal("System.Net.Http.HttpRequestException", span.GetTagItem(OpenTelemetryAttributes.ErrorType));
        });
    }

    [Fact]
    public async Task GetResponseAsync_LazyMessages_AreReadOnce()
    {
        using Recorder recorder = Recorder.WithContent();
        int reads = 0;
        IEnumerable<ChatMessage> messages = Enumerable.Range(0, 1).Select(_ =>
        {
            reads++;
            return new ChatMessage(ChatRole.User, "q");
        });

        await new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A").GetResponseAsync(messages, cancellationToken: Token);

        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task GetResponseAsync_AllKindsOfContent_AreInTheMessages()
    {
        using Recorder recorder = Recorder.WithContent();
        ChatMessage[] messages =
        [
            new(ChatRole.System, "be kind"),
            new(ChatRole.User, [new TextContent("look"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://a.test/i.png", "image/png")]) { AuthorName = "Ann" },
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), new FunctionCallContent("c1", "search", new Dictionary<string, object?> { ["n"] = 3, ["to"] = "Oslo" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", JsonDocument.Parse("""{"seats":2}""").RootElement), new ErrorContent("late") { ErrorCode = "e7" }, new UsageContent(new())]),
        ];

        await new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A").GetResponseAsync(messages, cancellationToken: Token);

        Assert.Equal(
            """[{"role":"system","parts":[{"type":"text","content":"be kind"}]},"""
            + """{"role":"user","name":"Ann","parts":[{"type":"text","content":"look"},"""
            + """{"type":"blob","modality":"image","mime_type":"image/png","content":""},"""
            + """{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://a.test/i.png"}]},"""
            + """{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},"""
            + """{"type":"tool_call","id":"c1","name":"search","arguments":{"n":3,"to":"Oslo"}}]},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":{"seats":2}},"""
            + """{"type":"error","code":"e7","content":"late"}]}]""",
            recorder["invoke_agent A"].GetTagItem(GenAiAttributes.InputMessages));
    }

    [Fact]
    public void GetResponseAsync_NullMessages_ThrowsAtOnce()
    {
        IChatClient client = new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A");

        Assert.Throws<ArgumentNullException>("messages", () => { _ = client.GetResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token); });
        Assert.Throws<ArgumentNullException>("messages", () => { _ = client.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!, cancellationToken: Token); });
    }

    [Fact]
    public void WithAgentTrace_SameNameTwice_ReturnsSameClient()
    {
        IChatClient once = new ScriptedChatClient(Answers.Text("a")).WithAgentTrace("A");

        Assert.Same(once, once.WithAgentTrace("A"));
        Assert.NotSame(once, once.WithAgentTrace("B"));
    }

    [Fact]
    public void WithAgentTrace_BadArguments_Throws()
    {
        using var client = new ScriptedChatClient();

        Assert.Throws<ArgumentNullException>("client", () => ((IChatClient)null!).WithAgentTrace("A"));
        Assert.Throws<ArgumentException>("agentName", () => client.WithAgentTrace(" "));
    }

    [Fact]
    public void GetService_ActivitySource_IsOurs()
    {
        using var inner = new ScriptedChatClient();
        IChatClient client = inner.WithAgentTrace("A");

        Assert.Equal(ActivitySources.AgentTrace, client.GetService<ActivitySource>()?.Name);
        Assert.Same(inner.Metadata, client.GetService<ChatClientMetadata>());
        Assert.Same(inner, client.GetService<ScriptedChatClient>());
        client.Dispose();
        Assert.True(inner.IsDisposed);
    }
}
