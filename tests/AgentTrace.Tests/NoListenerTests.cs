using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests;

[Collection(ProcessWide.Name)]
public sealed class NoListenerTests
{
    private const int Rounds = 1000;
    private static readonly ChatMessage[] s_messages = [new(ChatRole.User, "q")];
    private static readonly InvalidOperationException s_error = new();

    [Fact]
    public void Run_NobodyListens_AllocatesNothing()
    {
        RecordByHand();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
            RecordByHand();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Current.SendDiagnosticMessage("{0} runs by hand without a listener: {1} bytes", Rounds, allocated);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task ChatClient_NobodyListens_AddsNoAllocation()
    {
        using var inner = new ReadyClient();
        using IChatClient client = inner.WithAgentTrace("A");
        CancellationToken token = TestContext.Current.CancellationToken;
        await client.GetResponseAsync(s_messages, cancellationToken: token);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
            _ = client.GetResponseAsync(s_messages, cancellationToken: token);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Same(inner.Stream, client.GetStreamingResponseAsync(s_messages, cancellationToken: token));
    }

    [Fact]
    public void Members_NobodyListens_SayThereIsNothing()
    {
        using AgentRun run = AgentRun.Start("desk");
        using AgentTurn turn = AgentTurn.Start("A");
        using ToolCall call = ToolCall.Start("t");

        Assert.Null(run.Activity);
        Assert.Null(turn.Activity);
        Assert.Null(call.Activity);
        Assert.Null(AgentRun.Current);
        Assert.Null(AgentTurn.Current);
    }

    private static void RecordByHand()
    {
        using AgentRun run = AgentRun.Start("desk");
        run.SetInput("q");
        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput(s_messages);
            using (ToolCall call = ToolCall.Start("search", "c1", "{}"))
            {
                call.SetResult("[]");
                call.Fail(s_error);
                call.End(DateTimeOffset.UnixEpoch);
            }

            turn.SetOutput("a");
            turn.AddUsage(1, 2);
            turn.HandOffTo("B");
            turn.Abandon();
            turn.Fail("no");
        }

        run.Succeed("yes");
        run.Fail("no", expectedAnswer: "yes");
    }

    private sealed class ReadyClient : IChatClient
    {
        private readonly Task<ChatResponse> _answer = Task.FromResult(new ChatResponse());

        public IAsyncEnumerable<ChatResponseUpdate> Stream { get; } = AsyncEnumerable.Empty<ChatResponseUpdate>();

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => _answer;

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default) => Stream;

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
