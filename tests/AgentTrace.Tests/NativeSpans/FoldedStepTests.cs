using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class FoldedStepTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_InsideTracedClient_IsWrittenOnce()
    {
        using Recorder recorder = Recorder.Start();
        using IChatClient client = new NativelyTracedClient().WithAgentTrace("Writer");

        await client.GetResponseAsync("hi", cancellationToken: Cancel);

        Assert.Equal(["invoke_agent Writer", "  chat"], SpanTree.Of(recorder.Spans));
        Activity chat = recorder["chat"];
        Assert.Equal("gpt-5", chat.GetTagItem(GenAiAttributes.RequestModel));
        Assert.Equal("gpt-5-mini", chat.GetTagItem(GenAiAttributes.ResponseModel));
        Assert.Equal("openai", chat.GetTagItem(GenAiAttributes.ProviderName));
        Assert.Equal(new[] { "stop" }, chat.GetTagItem(GenAiAttributes.ResponseFinishReasons));
        Assert.Equal(20L, chat.GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Equal(4L, chat.GetTagItem(GenAiAttributes.UsageOutputTokens));
    }

    [Fact]
    public void Chat_DirectlyInTurn_IsExported()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("Writer"))
            Frameworks.Chat("gpt-5");

        Assert.Equal(["invoke_agent Writer", "  chat gpt-5"], SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void KernelFunction_InToolCall_IsWrittenOnce()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("Writer"))
        using (ToolCall.Start("web_search"))
        {
            Frameworks.KernelFunction("web-search", inside: () => Frameworks.KernelChat());
            Frameworks.KernelFunction("other");
        }

        Assert.Equal(
            ["invoke_agent Writer", "  execute_tool web_search", "    chat gpt-5", "    execute_tool other"],
            SpanTree.Of(recorder.Spans));
        Assert.Equal("finds", recorder["execute_tool web_search"].GetTagItem(GenAiAttributes.ToolDescription));
    }

    [Theory]
    [InlineData("web_search", "web-search")]
    [InlineData("web_search", "search")]
    [InlineData("search", "search")]
    public void KernelFunction_InFrameworksToolCall_IsWrittenOnce(string outer, string inner)
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("Writer", () =>
        {
            Frameworks.Tool(outer, inside: _ => Frameworks.KernelFunction(inner, new InvalidOperationException("no net")));
            Frameworks.Chat("gpt-5");
        });

        Assert.Equal(
            ["invoke_agent Writer", $"  execute_tool {outer} !System.InvalidOperationException", "  chat gpt-5"],
            SpanTree.Of(recorder.Spans));
        Activity tool = recorder[$"execute_tool {outer}"];
        Assert.Equal("call-1", tool.GetTagItem(GenAiAttributes.ToolCallId));
        Assert.Equal("finds", tool.GetTagItem(GenAiAttributes.ToolDescription));
    }

    [Fact]
    public void Tool_WrittenToOurSourceByAFunctionInvokingClient_CoversTheKernelFunction()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("Writer"))
            Frameworks.Tool("web_search", turn.Activity!.Source, span =>
            {
                span!.SetTag(GenAiAttributes.ToolCallResult, "leaked");
                Frameworks.KernelFunction("web-search");
            });

        Assert.Equal(["invoke_agent Writer", "  execute_tool web_search"], SpanTree.Of(recorder.Spans));
        Assert.Null(recorder["execute_tool web_search"].GetTagItem(GenAiAttributes.ToolCallResult));
        Assert.Equal("finds", recorder["execute_tool web_search"].GetTagItem(GenAiAttributes.ToolDescription));
    }

    [Fact]
    public void Arguments_OnlyOnTheFoldedSpan_GoToTheOneThatIsExported()
    {
        using Recorder recorder = Recorder.WithContent();

        using (ToolCall.Start("search"))
            Frameworks.Tool("search", inside: span => span!.SetTag(GenAiAttributes.ToolCallArguments, """{"q":"x","password":"hunter2"}"""));

        Assert.Equal(
            """{"q":"x","password":"[redacted]"}""",
            Assert.Single(recorder.Spans).GetTagItem(GenAiAttributes.ToolCallArguments));
    }

    private sealed class NativelyTracedClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Frameworks.Chat("gpt-5");
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "hello")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
