using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Attributors.Structural;

/// <summary>How often the structural method is right on the development logs, beside guesses that look at nothing.</summary>
public sealed class DevelopmentLogTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("algorithm-generated", 0.45, 0.25)]
    [InlineData("hand-crafted", 0.40, 0.09)]
    public async Task AttributeAsync_DevelopmentLogs_BeatsGuessing(string part, double leastAgent, double leastStep)
    {
        IReadOnlyList<(string Path, LabeledRun Run)> logs = TestRuns.DevelopmentLogs(part);
        if (logs.Count == 0)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        double uniform = logs.Average(log => 1.0 / log.Run.Run.Steps.Count);
        double uniformAgent = logs.Average(log => log.Run.Run.Steps.Average(step => StrictScore.SameAgent(step.Agent, log.Run.Label!.Agent) ? 1.0 : 0));
        Print(part, "uniform step", uniformAgent, uniform);
        foreach ((string name, Func<AgentRun, int> guess) in (IEnumerable<(string, Func<AgentRun, int>)>)
            [("step 1", run => Math.Min(1, run.Steps.Count - 1)), ("step 8", run => Math.Min(8, run.Steps.Count - 1)), ("last step", run => run.Steps.Count - 1)])
        {
            Print(part, name, logs.Average(log => StrictScore.SameAgent(log.Run.Run.Steps[guess(log.Run.Run)].Agent, log.Run.Label!.Agent) ? 1.0 : 0),
                logs.Average(log => guess(log.Run.Run) == log.Run.Label!.Step ? 1.0 : 0));
        }

        // What structure alone gives: a verdict method has to be compared with this, not with chance only.
        (double priorAgent, double priorStep, _) = await Score(logs, [.. SignalWeights.Default.Where(signal => signal.Signal.IsPrior)]);
        Print(part, "priors alone", priorAgent, priorStep);
        (double agent, double step, double confidence) = await Score(logs, SignalWeights.Default);
        Print(part, "structural", agent, step);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part,-20} mean confidence {100 * confidence:F1} %"));
        foreach (WeightedSignal left in SignalWeights.Default)
        {
            (double a, double s, _) = await Score(logs, [.. SignalWeights.Default.Where(signal => signal != left)]);
            Print(part, $"without {left.Signal.Name}", a, s);
        }

        Assert.True(agent >= leastAgent && step >= leastStep, $"agent {agent:P1}, step {step:P1}");
        Assert.True(step > 2 * uniform, $"step {step:P1} against {uniform:P1} by chance");
    }

    private static async Task<(double Agent, double Step, double Confidence)> Score(
        IReadOnlyList<(string Path, LabeledRun Run)> logs, IReadOnlyList<WeightedSignal> signals)
    {
        StructuralAttributor attributor = new(signals);
        double agent = 0, step = 0, confidence = 0;
        foreach ((_, LabeledRun log) in logs)
        {
            FailureAttribution verdict = await attributor.AttributeAsync(log.Run, TestContext.Current.CancellationToken);
            agent += StrictScore.AgentIsRight(verdict, log.Label!) ? 1 : 0;
            step += StrictScore.StepIsRight(verdict, log.Label!) ? 1 : 0;
            confidence += verdict.Confidence;
        }

        return (agent / logs.Count, step / logs.Count, confidence / logs.Count);
    }

    private void Print(string part, string method, double agent, double step) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part,-20} {method,-28} agent {100 * agent,5:F1} %  step {100 * step,5:F1} %"));
}
