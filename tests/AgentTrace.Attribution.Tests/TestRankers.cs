using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests;

/// <summary>Rankers trained on runs by hand.</summary>
internal static class TestRankers
{
    private const int Runs = 8;

    /// <summary>Trained on small runs in which the step that assumes something is to blame, at a place of its own in each.</summary>
    public static StepRanker OfScenarios { get; } = RankerTrainer.Train(Enumerable.Range(0, Runs).Select(Labelled));

    private static LabeledRun Labelled(int number)
    {
        int chatter = 1 + (number % 4), gold = chatter + 1;
        List<Step> steps = [.. Enumerable.Range(0, chatter).Select(i => TestRuns.Step("Planner", $"Please look into part {i} of the question."))];
        steps.Add(TestRuns.Step("Searcher", "I will look for it.", TestRuns.Call("search", $$"""{"q":"part {{number}}"}""", "A list.")));
        steps.Add(TestRuns.Step("Searcher", $"I assume that all {number} of them are open, without checking."));
        steps.AddRange(Enumerable.Range(0, 2 + (number % 3)).Select(i => TestRuns.Step(i % 2 == 0 ? "Writer" : "Planner", $"The table has {i + number} rows.")));
        return new LabeledRun { Run = TestRuns.Of([.. steps]) with { Id = $"run {number}" }, Label = new RunLabel("Searcher", gold, "") };
    }
}
