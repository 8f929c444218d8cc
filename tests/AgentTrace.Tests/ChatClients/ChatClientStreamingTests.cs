using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.ChatClients;

[Collection(ProcessWide.Name)]
public sealed class ChatClientStreamingTests
{
    private const string TurnOutcome = AgentTraceAttributes.TurnOutcome;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetStreamingResponseAsync_ReadToEnd_WritesTurnAndChat(bool content)
    {
        using Recorder recorder = content ? Recorder.WithContent() : Recorder.Start();
        IChatClient client = Streaming("Fly ", "to Oslo").WithAgentTrace("A");

        string text = "";
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("q", cancellationToken: Token))
            text += update.Text;

        Assert.Equal("Fly to Oslo", text);
        Activity turn = recorder["invoke_agent A"];
        Activity chat = recorder["chat default-model"];
        Assert.Equal(turn.SpanId, chat.ParentSpanId);
        Assert.Equal("acme-1-mini", chat.GetTagItem(GenAiAttributes.ResponseModel));
        Assert.Equal(7L, turn.GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Equal(5L, chat.GetTagItem(GenAiAttributes.UsageOutputTokens));
        Assert.Null(turn.GetTagItem(TurnOutcome));
        Assert.Equal(
            content ? """[{"role":"assistant","parts":[{"type":"text","content":"Fly to Oslo"}],"finish_reason":"stop"}]""" : null,
            turn.GetTagItem(GenAiAttributes.OutputMessages));
        Assert.Equal(turn.GetTagItem(GenAiAttributes.OutputMessages), chat.GetTagItem(GenAiAttributes.OutputMessages));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_SpansOfTheClient_AllHangUnderTheChat()
    {
        using Recorder recorder = WithHttp();
        IChatClient client = Streaming("a", "b", "c").WithAgentTrace("A");
        using var source = new ActivitySource(ActivitySources.ExtensionsAI);
        using Activity caller = source.StartActivity("caller")!;

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("q", cancellationToken: Token))
        {
            Assert.Same(caller, Activity.Current);
            source.StartActivity("between")?.Dispose();
        }

        Assert.Same(caller, Activity.Current);
        Activity chat = recorder["chat default-model"];
        Assert.True(recorder.All("http").Count >= 3);
        Assert.All(recorder.All("http"), http => Assert.Equal(chat.SpanId, http.ParentSpanId));
        Assert.All(recorder.All("between"), between => Assert.Equal(caller.SpanId, between.ParentSpanId));
        Assert.Equal(caller.SpanId, recorder["invoke_agent A"].ParentSpanId);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_BrokenOff_IsAbandoned()
    {
        using Recorder recorder = Recorder.WithContent();
        IChatClient client = Streaming("first", "second").WithAgentTrace("A");

        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", cancellationToken: Token))
            break;

        Assert.Equal(2, recorder.Spans.Count);
        Assert.All(recorder.Spans, span =>
        {
            Assert.Equal("abandoned", span.GetTagItem(TurnOutcome));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
            Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"first"}]}]""", span.GetTagItem(GenAiAttributes.OutputMessages));
        });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_BrokenOffInsideTurn_LeavesTheTurnAlone()
    {
        using Recorder recorder = Recorder.Start();
        IChatClient client = Streaming("first", "second").WithAgentTrace("A");

        using (AgentTurn.Start("A"))
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", cancellationToken: Token))
                break;

        Assert.Equal("abandoned", recorder["chat default-model"].GetTagItem(TurnOutcome));
        Assert.Null(recorder["invoke_agent A"].GetTagItem(TurnOutcome));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ClientThrows_MarksBothAndRethrows()
    {
        using Recorder recorder = Recorder.WithContent();
        var error = new IOException("connection lost");
        IChatClient client = new ScriptedChatClient(Split("first", "second")) { Error = error }.WithAgentTrace("A");

        Assert.Same(error, await Assert.ThrowsAsync<IOException>(() => ReadAsync(client)));

        Assert.Equal(2, recorder.Spans.Count);
        Assert.All(recorder.Spans, span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Equal("System.IO.IOException", span.GetTagItem(OpenTelemetryAttributes.ErrorType));
            Assert.Null(span.GetTagItem(TurnOutcome));
            Assert.Contains("first", (string)span.GetTagItem(GenAiAttributes.OutputMessages)!, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Cancelled_MarksError()
    {
        using Recorder recorder = Recorder.Start();
        using var cancellation = new CancellationTokenSource();
        IChatClient client = Streaming("first", "second").WithAgentTrace("A");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", cancellationToken: Token).WithCancellation(cancellation.Token))
                await cancellation.CancelAsync();
        });

        Assert.Equal(ActivityStatusCode.Error, recorder["invoke_agent A"].Status);
    }

    [Fact]
    public void GetStreamingResponseAsync_ThrowsBeforeTheStream_MarksBothAndRethrows()
    {
        using Recorder recorder = Recorder.Start();
        IChatClient client = new EagerlyThrowingClient().WithAgentTrace("A");

        Assert.Throws<NotSupportedException>(() => { _ = client.GetStreamingResponseAsync("q", cancellationToken: Token); });

        Assert.Equal(2, recorder.Spans.Count);
        Assert.All(recorder.Spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public void GetStreamingResponseAsync_NeverRead_WritesNothing()
    {
        using Recorder recorder = Recorder.Start();

        _ = Streaming("a").WithAgentTrace("A").GetStreamingResponseAsync("q", cancellationToken: Token);

        Assert.Empty(recorder.Spans);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_ReadTwice_WritesTwoTurns()
    {
        using Recorder recorder = Recorder.Start();
        IAsyncEnumerable<ChatResponseUpdate> stream = Streaming("a").WithAgentTrace("A").GetStreamingResponseAsync("q", cancellationToken: Token);

        for (int i = 0; i < 2; i++)
            await foreach (ChatResponseUpdate _ in stream)
            {
            }

        Assert.Equal(2, recorder.All("invoke_agent A").Count);
        Assert.Equal(2, recorder.Spans.Select(span => span.TraceId).Distinct().Count());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_InterleavedReaders_KeepTheirOwnSpans()
    {
        using Recorder recorder = WithHttp();
        await using IAsyncEnumerator<ChatResponseUpdate> one =
            Streaming("a", "b").WithAgentTrace("One").GetStreamingResponseAsync("q", cancellationToken: Token).GetAsyncEnumerator(Token);
        await using IAsyncEnumerator<ChatResponseUpdate> two =
            Streaming("a", "b").WithAgentTrace("Two").GetStreamingResponseAsync("q", cancellationToken: Token).GetAsyncEnumerator(Token);

        bool more = true;
        while (more)
            more = await one.MoveNextAsync() & await two.MoveNextAsync();

        Assert.NotEqual(recorder["invoke_agent One"].TraceId, recorder["invoke_agent Two"].TraceId);
        Assert.Equal(2, recorder.Spans.Select(span => span.TraceId).Distinct().Count());
    }

    private static Recorder WithHttp() =>
        Recorder.Wired(builder => builder.AddAgentTraceInstrumentation().AddSource(ScriptedChatClient.HttpSource));

    private static ScriptedChatClient Streaming(params string[] parts) => new(Split(parts));

    // Each part becomes an update of its own.
    private static ChatResponse Split(params string[] parts)
    {
        ChatResponse response = Answers.Text("");
        response.Messages = [.. parts.Select(part => new ChatMessage(ChatRole.Assistant, part) { MessageId = "m-1" })];
        return response;
    }

    private static async Task ReadAsync(IChatClient client)
    {
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("q", cancellationToken: Token))
        {
        }
    }

    private sealed class EagerlyThrowingClient() : DelegatingChatClient(new ScriptedChatClient())
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException("no streams");
    }
}
