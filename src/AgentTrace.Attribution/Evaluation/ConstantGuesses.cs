using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Evaluation.Figures;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>What guesses that look at nothing, or at one thing alone, score: every result has to be read beside them.</summary>
public static class ConstantGuesses
{
    private static readonly (string Name, Func<RunView, int> Step)[] s_guesses =
    [
        ("step 1", _ => 1),
        ("step 8", _ => 8),
        ("last step", run => run.Steps.Length - 1),
        ("before the first program's report, else 1", run => Array.FindIndex(run.Steps, step => step.IsExecutionReport) is > 0 and int report ? report - 1 : 1),
        ("first code block, else 1", run => Array.FindIndex(run.Steps, step => step.HasCode) is >= 0 and int code ? code : 1),
        ("first answer to a handoff, else 1", run => Array.FindIndex(run.Steps, step => step.Step.HandoffFrom is not null) is >= 0 and int answer ? answer : 1),
        ("longest message", run => Array.IndexOf(run.Steps, run.Steps.MaxBy(step => step.Text.Length))),
    ];

    /// <summary>The guesses' accuracies on the runs that have a label; a guess beyond a run's end names its last step.</summary>
    /// <exception cref="ArgumentException">No run has a label.</exception>
    public static IReadOnlyList<MethodResult> On(IEnumerable<LabeledRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        LabeledRun[] labelled = Evaluator.Labelled(runs);
        return
        [
            Result("any step", labelled,
                run => run.Run.Steps.Average(step => StrictScore.SameAgent(step.Agent, run.Label!.Agent) ? 1.0 : 0), run => 1.0 / run.Run.Steps.Count),
            .. s_guesses.Select(guess =>
            {
                int[] steps = [.. labelled.Select(run => Guess(run.Run, guess.Step))];
                return Result(guess.Name, labelled,
                    run => StrictScore.SameAgent(run.Run.Steps[steps[Array.IndexOf(labelled, run)]].Agent, run.Label!.Agent) ? 1 : 0,
                    run => steps[Array.IndexOf(labelled, run)] == run.Label!.Step ? 1 : 0);
            }),
        ];
    }

    private static int Guess(AgentRun run, Func<RunView, int> guess)
    {
        using RunView view = new(run);
        return Math.Min(guess(view), run.Steps.Count - 1);
    }

    private static MethodResult Result(string name, LabeledRun[] runs, Func<LabeledRun, double> agent, Func<LabeledRun, double> step) => new()
    {
        Method = name,
        Runs = runs.Length,
        Agent = Bootstrap.Of([.. runs.Select(agent)]),
        Step = Bootstrap.Of([.. runs.Select(step)]),
    };
}
