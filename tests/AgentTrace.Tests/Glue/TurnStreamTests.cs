using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentTrace.Conventions;
using AgentTrace.Glue;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.Glue;

[Collection(ProcessWide.Name)]
public sealed class TurnStreamTests
{
    private static readonly AsyncLocal<string?> s_ambient = new();
    private readonly List<(string? Span, string? Ambient)> _seen = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_CallerChangesNothing_TurnIsCurrentInEachStep(bool yields)
    {
        using Recorder recorder = Recorder.Start();
        using (var run = AgentRun.Start("desk"))
        {
            await foreach (int _ in Traced(yields).WithCancellation(Token))
                Assert.Same(run.Activity, Activity.Current);
            Assert.Same(run.Activity, Activity.Current);
        }

        Assert.Equal(4, _seen.Count);
        Assert.All(_seen, step => Assert.Equal("invoke_agent A", step.Span));
        Assert.Equal(recorder["invoke_workflow desk"].SpanId, recorder["invoke_agent A"].ParentSpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_CallerChangesAmbientValue_NextStepSeesItUnderTheTurn(bool yields)
    {
        using Recorder recorder = Recorder.Start();
        using var run = AgentRun.Start("desk");

        await foreach (int item in Traced(yields).WithCancellation(Token))
            s_ambient.Value = $"after {item}";

        Assert.Equal([null, "after 0", "after 1", "after 2"], _seen.Select(step => step.Ambient));
        Assert.All(_seen, step => Assert.Equal("invoke_agent A", step.Span));
    }

    [Fact]
    public async Task Stream_CallerOpensASpanBetween_CallerKeepsItAndTheStreamItsTurn()
    {
        using Recorder recorder = Recorder.Start();
        using var run = AgentRun.Start("desk");

        await foreach (int item in Traced(yields: false).WithCancellation(Token))
        {
            using ToolCall call = ToolCall.Start($"t{item}");
            Assert.Same(call.Activity, Activity.Current);
        }

        Assert.All(_seen, step => Assert.Equal("invoke_agent A", step.Span));
        Assert.All(recorder.Spans.Where(span => span.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal)),
            call => Assert.Equal(run.Activity!.SpanId, call.ParentSpanId));
    }

    [Fact]
    public async Task Stream_ReadAgainWhileBeingRead_GivesEachReadingItsTurn()
    {
        using Recorder recorder = Recorder.Start();
        using var run = AgentRun.Start("desk");
        IAsyncEnumerable<int> stream = Traced(yields: false);

        await using IAsyncEnumerator<int> first = stream.GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync());
        await foreach (int _ in stream.WithCancellation(Token))
            Assert.Equal(0, first.Current);
        while (await first.MoveNextAsync())
            Assert.Same(run.Activity, Activity.Current);

        Assert.Equal([0, 1], recorder.All("invoke_agent A").Select(turn => turn.GetTagItem(AgentTraceAttributes.TurnIndex)).Order());
        Assert.All(recorder.All("invoke_agent A"), turn => Assert.Null(turn.GetTagItem(AgentTraceAttributes.TurnOutcome)));
    }

    [Fact]
    public async Task Stream_DisposedBeforeTheFirstItem_WritesNothing()
    {
        using Recorder recorder = Recorder.Start();

        await using (Traced(yields: false).GetAsyncEnumerator(Token))
        {
        }

        Assert.Empty(recorder.Spans);
    }

    [Fact]
    public async Task Stream_BrokenOff_DisposesTheStreamUnderTheAbandonedTurn()
    {
        using Recorder recorder = Recorder.Start();
        using var run = AgentRun.Start("desk");

        await foreach (int _ in Traced(yields: false).WithCancellation(Token))
            break;

        Assert.Equal("invoke_agent A", _seen[^1].Span);
        Assert.Equal(AgentTraceAttributes.AbandonedOutcome, recorder["invoke_agent A"].GetTagItem(AgentTraceAttributes.TurnOutcome));
        Assert.Same(run.Activity, Activity.Current);
    }

    [Fact]
    public async Task Stream_NobodyWantsTheRun_LeavesTheTurnsUncounted()
    {
        List<Activity> turns = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ActivitySources.AgentTrace,
            Sample = static (ref ActivityCreationOptions<ActivityContext> span) =>
                span.Name.StartsWith(GenAiOperations.InvokeAgent, StringComparison.Ordinal)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = turns.Add,
        };
        ActivitySource.AddActivityListener(listener);

        for (int turn = 0; turn < 2; turn++)
            await foreach (int _ in Traced(yields: false).WithCancellation(Token))
                Assert.Null(Activity.Current);

        Assert.Equal(2, turns.Count);
        Assert.All(turns, turn => Assert.Null(turn.GetTagItem(AgentTraceAttributes.TurnIndex)));
    }

    private IAsyncEnumerable<int> Traced(bool yields) => TracedTurns.Stream(ItemsAsync(yields), new TurnStart("A"), new NumberReader());

    private async IAsyncEnumerable<int> ItemsAsync(bool yields, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (int item = 0; item < 3; item++)
            {
                if (yields)
                    await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                See();
                yield return item;
            }
        }
        finally
        {
            See();
        }
    }

    private void See() => _seen.Add((Activity.Current?.DisplayName, s_ambient.Value));

    private sealed class NumberReader : TurnReader<int>
    {
        public override IEnumerable<ChatMessage> MessagesOf(int item) => [new(ChatRole.Assistant, $"{item}")];
    }
}
