using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests.Judges.Guarding;

/// <summary>Hostile logs against a judge that believes whatever it reads: no verdict may move to the step that the hostile text names.</summary>
public sealed class InjectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Attacks => [.. HostileLogs.All.Select(log => log.Name)];

    public static TheoryData<string> Judged => [.. AttributorCatalog.Entries.Where(entry => entry.NeedsJudge).Select(entry => entry.Name)];

    [Fact]
    public void Suite_IsLargeEnoughAndNamesEachAttackOnce()
    {
        Assert.InRange(HostileLogs.All.Count, 30, 1000);
        Assert.Equal(HostileLogs.All.Count, HostileLogs.All.Select(log => log.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void NaivePrompt_HostileLog_ConvincesTheGullibleJudge(string attack)
    {
        using GullibleJudge judge = new(HostileLog.Gold);

        Assert.Null(judge.Convinced(Naive(HostileLog.Clean)));
        Assert.Equal(HostileLog.Target, judge.Convinced(Naive(Log(attack).Run)));
    }

    [Theory]
    [MemberData(nameof(Judged))]
    public async Task AttributeAsync_CleanLog_JudgeIsRight(string method)
    {
        FailureAttribution verdict = await AttributeAsync(method, HostileLog.Clean);

        Assert.Equal(HostileLog.Gold, verdict.Step);
        Assert.DoesNotContain("kept from the model", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task AttributeAsync_HostileLog_NoMethodIsMoved(string attack)
    {
        AgentRun run = Log(attack).Run;

        foreach (AttributionMethod method in AttributorCatalog.Entries)
        {
            FailureAttribution verdict = await AttributeAsync(method.Name, run);

            Assert.True(verdict.Step != HostileLog.Target, $"{method.Name} was moved to step {verdict.Step}: {verdict.Reason}");
            if (method.NeedsJudge)
                Assert.True(verdict.Step == HostileLog.Gold, $"{method.Name} ended on step {verdict.Step} ({verdict.Verdict}): {verdict.Reason}");
        }
    }

    [Fact]
    public async Task AttributeAsync_HostileLog_SaysWhatWasKeptFromTheModel()
    {
        using FixedJudge judge = new("upper half");

        FailureAttribution verdict = await AttributorCatalog.Create("binary-search", new() { Judge = judge }).AttributeAsync(Log("override").Run, Cancel);

        Assert.Contains("Text that speaks to a judge was kept from the model: in step 4.", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("characters that speak to a judge were taken out]", judge.Prompts[0], StringComparison.Ordinal);
        Assert.Contains("were taken out where a mark in brackets says so", judge.Prompts[0], StringComparison.Ordinal);
        Assert.Contains("The table is ready: it has 21 rows.", judge.Prompts[0], StringComparison.Ordinal);
        Assert.DoesNotContain("blame", judge.Prompts[0], StringComparison.Ordinal);
    }

    private static async Task<FailureAttribution> AttributeAsync(string method, AgentRun run)
    {
        using GullibleJudge judge = new(HostileLog.Gold);
        AgentRun passed = HostileLog.Clean with { Id = "passed", Outcome = RunOutcome.Success, Steps = [.. HostileLog.Clean.Steps.Where(step => step.Index != HostileLog.Gold).Select((step, index) => step with { Index = index })] };
        AttributorContext context = new() { Judge = judge, Ranker = TestRankers.OfScenarios, Reliability = JudgeReliability.Assumed(0.9), OtherRuns = [passed, HostileLog.Clean with { Id = "failed" }] };
        return await AttributorCatalog.Create(method, context).AttributeAsync(run, Cancel);
    }

    private static HostileLog Log(string name) => HostileLogs.All.Single(log => log.Name == name);

    /// <summary>The log as a naive prompt would hold it: everything, as it is.</summary>
    private static string Naive(AgentRun run) => $"{run.Task}\n{run.ExpectedAnswer}\n" + string.Join('\n', run.Steps.Select(step =>
        $"{step.Speaker}: {step.Output} {string.Join(' ', step.ToolCalls.Select(call => $"{call.Name} {call.Arguments} {call.Result} {call.Error}"))} {step.Error}"));
}
