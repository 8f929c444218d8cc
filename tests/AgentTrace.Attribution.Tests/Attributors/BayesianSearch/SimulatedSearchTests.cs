using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Judges.Simulation;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Attributors.BayesianSearch;

/// <summary>What the search makes of a judge of known accuracy, on the development logs: prior and reliability are fitted on other folds than they are applied to.</summary>
public sealed class SimulatedSearchTests(ITestOutputHelper output)
{
    private const int Folds = 10;
    private const int Seeds = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("algorithm-generated", 1, 0.65)]
    [InlineData("hand-crafted", 2, 0.55)]
    public async Task AttributeAsync_JudgeOfKnownAccuracy_GainsWhatItsAnswersAreWorth(string part, int callsPerHalving, double least)
    {
        LabeledRun[] runs = [.. TestRuns.DevelopmentLogs(part).Select(log => log.Run)];
        if (runs.Length == 0)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        (LabeledRun[] Train, LabeledRun[] Test, IFailureAttributor Prior)[] folds = [.. Split(runs).Select(fold => (fold.Train, fold.Test, (IFailureAttributor)new LearnedAttributor(RankerTrainer.Train(fold.Train, Cancel))))];
        Dictionary<double, (double Search, double Prior)> right = [];
        foreach (double accuracy in (double[])[0.8, 0.5, 0.3])
        {
            int search = 0, prior = 0, halving = 0, calls = 0, done = 0;
            for (int seed = 0; seed < Seeds; seed++)
            {
                using SimulatedJudge judge = new(runs, accuracy, seed);
                foreach ((LabeledRun[] train, LabeledRun[] test, IFailureAttributor learned) in folds)
                {
                    JudgeReliability reliability = await JudgeReliability.MeasureAsync(judge, train, new() { Prior = new StructuralAttributor() }, Cancel);
                    foreach (LabeledRun run in test)
                    {
                        int most = callsPerHalving * (int)Math.Ceiling(Math.Log2(run.Run.Steps.Count));
                        BayesianSearchOptions options = new() { Budget = new() { MaxCalls = most } };
                        FailureAttribution verdict = await new BayesianSearchAttributor(judge, learned, reliability, options).AttributeAsync(run.Run, Cancel);
                        Assert.InRange(verdict.Cost.JudgeCalls, 0, most);
                        search += StrictScore.StepIsRight(verdict, run.Label!) ? 1 : 0;
                        prior += StrictScore.StepIsRight(await learned.AttributeAsync(run.Run, Cancel), run.Label!) ? 1 : 0;
                        halving += StrictScore.StepIsRight(await new BinarySearchAttributor(judge).AttributeAsync(run.Run, Cancel), run.Label!) ? 1 : 0;
                        calls += verdict.Cost.JudgeCalls;
                        done++;
                    }
                }
            }

            right[accuracy] = ((double)search / done, (double)prior / done);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{part}, judge right {accuracy:0.0}: step % bayesian-search {100.0 * search / done:F1}, prior {100.0 * prior / done:F1}, binary-search {100.0 * halving / done:F1}; {(double)calls / done:F1} calls a run"));
        }

        Assert.InRange(right[0.8].Search, least, 1);
        Assert.InRange(right[0.5].Search, right[0.5].Prior - 0.01, 1);
        Assert.True(right[0.3].Search > right[0.3].Prior);
    }

    /// <summary>Folds by a digest of the log's name: the same on every machine.</summary>
    private static IEnumerable<(LabeledRun[] Train, LabeledRun[] Test)> Split(LabeledRun[] runs)
    {
        LabeledRun[] order = [.. runs.OrderBy(run => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(run.Run.Id + Path.GetFileName(run.Run.Source)))), StringComparer.Ordinal)];
        for (int fold = 0; fold < Folds; fold++)
        {
            int mine = fold;
            yield return ([.. order.Where((_, i) => i % Folds != mine)], [.. order.Where((_, i) => i % Folds == mine)]);
        }
    }
}
