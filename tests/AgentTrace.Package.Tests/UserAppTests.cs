namespace AgentTrace.Package.Tests;

/// <summary>An app references the package and is built again; that is all.</summary>
public sealed class UserAppTests(LocalFeed feed) : IDisposable
{
    private const string App = """
        using System.Diagnostics;
        using System.Runtime.CompilerServices;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        using Microsoft.SemanticKernel.ChatCompletion;

        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AgentTrace",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Console.WriteLine($"span {activity.DisplayName}"),
        };
        ActivitySource.AddActivityListener(listener);
        await foreach (var item in new Echo { Name = "Echo" }.InvokeAsync("hi"))
            Console.WriteLine(item.Message.Content);
        AppContext.TryGetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", out bool on);
        Console.WriteLine($"switch {on}");

        public sealed class Echo : Agent
        {
            public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                yield return new(new ChatMessageContent(AuthorRole.Assistant, "hello"), thread ?? new ChatHistoryAgentThread());
            }

            public override IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

            protected override IEnumerable<string> GetChannelKeys() => [];
            protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
            protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException();
        }
        """;

    private readonly UserApp _app = new(feed);

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task App_ReferencesThePackageAndRebuilds_ItsAgentsAreTraced()
    {
        string output = await RunAsync(
            "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>All</AnalysisMode><NoWarn>SKEXP0110;CA1515;CA2007;CA1303;CA1050</NoWarn><AgentTraceWiredElsewhere>true</AgentTraceWiredElsewhere>");

        Assert.Contains("span invoke_agent Echo\nspan invoke_workflow Echo\n", output, StringComparison.Ordinal);
        Assert.Contains("switch True", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_OptsOut_NothingIsAdded()
    {
        string output = await RunAsync("<AgentTraceInterceptors>false</AgentTraceInterceptors><AgentTraceSemanticKernelTelemetry>false</AgentTraceSemanticKernelTelemetry>");

        Assert.DoesNotContain("span ", output, StringComparison.Ordinal);
        Assert.Contains("hello", output, StringComparison.Ordinal);
        Assert.Contains("switch False", output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string properties)
    {
        await _app.WriteProjectAsync(UserApp.KernelReferences, properties);
        await _app.WriteAsync("Program.cs", App);
        (await _app.RestoreAsync()).Succeeded();
        (await _app.BuildAsync()).Succeeded();
        return await _app.RunAsync();
    }
}
