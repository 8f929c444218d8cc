using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Budgets;
using AgentTrace.Attribution.Judges.Caching;
using AgentTrace.Attribution.Judges.Retries;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Tests.Attributors.BayesianSearch;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Tests.Judges;

public sealed class WrapperTests
{
    private static readonly AgentRun Run = BayesianSearchAttributorTests.Run(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CachingJudge_SamePrompt_IsAnsweredFromDiskForNothing()
    {
        using TemporaryFolder folder = new();
        using FixedJudge model = new(_ => "lower half", tokens: 10);
        using CachingJudge judge = new(model, folder.Path);

        FailureAttribution first = await Halving(judge).AttributeAsync(Run, Cancel);
        FailureAttribution second = await Halving(judge).AttributeAsync(Run, Cancel);

        Assert.Equal(3, model.Prompts.Count);
        Assert.Equal(first.Step, second.Step);
        Assert.Equal(30, first.Cost.InputTokens);
        Assert.Equal(0, second.Cost.InputTokens);
        string[] files = [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))];
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Matches("^[0-9a-f]{64}\\.json$", file));
    }

    [Fact]
    public async Task CachingJudge_DamagedEntry_IsAskedForAgain()
    {
        using TemporaryFolder folder = new();
        using FixedJudge model = new("lower half");
        using CachingJudge judge = new(model, folder.Path);
        await Halving(judge).AttributeAsync(Run, Cancel);
        foreach (string file in Directory.EnumerateFiles(folder.Path, "*.json", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "{\"answer\":", Cancel);

        await Halving(judge).AttributeAsync(Run, Cancel);
        await Halving(judge).AttributeAsync(Run, Cancel);

        Assert.Equal(6, model.Prompts.Count);
    }

    [Fact]
    public async Task BudgetedJudge_SharedBudgetSpent_LaterRunsEndWithWhatTheyHave()
    {
        using FixedJudge model = new("lower half");
        using BudgetedJudge judge = new(model, new JudgeBudget { MaxCalls = 4 });

        FailureAttribution first = await Halving(judge).AttributeAsync(Run, Cancel);
        FailureAttribution second = await Halving(judge).AttributeAsync(Run, Cancel);

        Assert.Equal(7, first.Step);
        Assert.Equal(AttributionVerdict.Abstained, second.Verdict);
        Assert.Equal(4, model.Prompts.Count);
        Assert.True(judge.Spent.IsEstimated);
    }

    [Fact]
    public void JudgeBudget_MoneyWithoutPrices_IsRefused()
    {
        using FixedJudge model = new("yes");

        Assert.Throws<ArgumentException>(() => new BudgetedJudge(model, new JudgeBudget { MaxCost = 1 }));
    }

    [Fact]
    public async Task RetryingJudge_TransientErrors_TriesAgainAndThenGivesUp()
    {
        int calls = 0;
        using FixedJudge model = new(_ => ++calls % 3 == 0 ? "lower half" : throw new HttpRequestException("busy", null, System.Net.HttpStatusCode.ServiceUnavailable));
        using RetryingJudge judge = new(model, new() { FirstDelay = TimeSpan.FromTicks(1), LongestDelay = TimeSpan.FromTicks(1) });

        FailureAttribution verdict = await Halving(judge).AttributeAsync(Run, Cancel);

        Assert.Equal(7, verdict.Step);
        Assert.Equal(9, calls);
    }

    [Fact]
    public async Task RetryingJudge_ErrorThatStays_IsNotTriedAgain()
    {
        int calls = 0;
        using FixedJudge model = new(_ =>
        {
            calls++;
            throw new HttpRequestException("no", null, System.Net.HttpStatusCode.Unauthorized);
        });
        using RetryingJudge judge = new(model);

        await Assert.ThrowsAsync<JudgeException>(async () => await Halving(judge).AttributeAsync(Run, Cancel));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task ConcurrencyLimitedJudge_ManyCalls_LetsSoManyInAndNoMore()
    {
        using GateJudge model = new();
        using ConcurrencyLimitedJudge judge = new(model, 2);
        Task[] calls = [.. Enumerable.Range(0, 5).Select(_ => judge.GetResponseAsync("?", cancellationToken: Cancel))];

        await model.TwoInside.Task.WaitAsync(Cancel);
        Assert.Equal(2, model.Inside);
        model.Open.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(2, model.Most);
    }

    [Theory]
    [InlineData("openai:m", "OPENAI_API_KEY")]
    [InlineData("anthropic:m", "ANTHROPIC_API_KEY")]
    [InlineData("simulated:0.8", "no run here has one")]
    [InlineData("simulated:2", "from 0 to 1")]
    [InlineData("replay:/no/such/folder", "no folder")]
    [InlineData("gpt", "names no judge")]
    [InlineData("openai:", "names no judge")]
    public void JudgeFactory_SomethingMissing_SaysWhatToDo(string name, string hint)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => JudgeFactory.Create(name));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JudgeFactory_KeyAtHand_MakesTheJudge()
    {
        JudgeSettings settings = new() { Secret = name => "key of " + name };

        using IChatClient openai = JudgeFactory.Create("openai:m", settings);
        using IChatClient anthropic = JudgeFactory.Create("ANTHROPIC:claude", settings);

        Assert.Equal("m", openai.GetService<ChatClientMetadata>()?.DefaultModelId);
        Assert.Equal("claude", anthropic.GetService<ChatClientMetadata>()?.DefaultModelId);
    }

    private static IFailureAttributor Halving(IChatClient judge) => AttributorCatalog.Create("binary-search", new() { Judge = judge });

    /// <summary>Holds every call inside until it is opened.</summary>
    private sealed class GateJudge : IChatClient
    {
        private int _inside;
        private int _most;

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource TwoInside { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Inside => Volatile.Read(ref _inside);

        public int Most => Volatile.Read(ref _most);

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            int inside = Interlocked.Increment(ref _inside);
            _most = Math.Max(_most, inside);
            if (inside == 2)
                TwoInside.TrySetResult();
            await Open.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _inside);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "yes"));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
