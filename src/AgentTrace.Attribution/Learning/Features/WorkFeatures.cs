using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>What the step made, and what came of it when it was run.</summary>
internal sealed class WorkFeatures : IStepFeatureGroup
{
    public IReadOnlyList<string> Names { get; } =
    [
        "work.is-work", "work.one-over-work", "work.code", "work.first-code", "work.one-over-code", "work.tools", "work.report", "work.failed",
        "work.next-is-report", "work.next-failed", "work.next-is-empty", "work.next-is-fine", "work.before-first-report", "work.before-first-failure",
        "work.before-last-report", "work.after-report", "work.after-failure", "work.log-reports-before", "work.log-failures-before",
        "work.log-failures-after", "work.no-reports", "work.no-code", "work.code-after-report", "work.before-any-report", "work.before-first-fine",
    ];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        StepView[] steps = run.Steps;
        int firstReport = Array.FindIndex(steps, step => step.IsExecutionReport);
        int lastReport = Array.FindLastIndex(steps, step => step.IsExecutionReport);
        int firstFailure = Array.FindIndex(steps, step => step.Failed);
        int firstFine = Array.FindIndex(steps, step => step.IsExecutionReport && !step.ExecutionFailed);
        int failures = steps.Count(step => step.Failed);
        bool anyCode = Array.Exists(steps, step => step.HasCode);
        int works = 0, codes = 0, reports = 0, failed = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            StepView step = steps[i];
            StepView? next = i + 1 < steps.Length ? steps[i + 1] : null;
            StepView? before = i > 0 ? steps[i - 1] : null;
            bool nextReports = next is { IsExecutionReport: true };
            bool isFailed = step.Failed;
            Span<float> row = table.MutableRowOf(i)[column..];
            row[0] = One(step.IsWork);
            row[1] = step.IsWork ? 1f / ++works : 0;
            row[2] = One(step.HasCode);
            row[3] = One(step.HasCode && codes == 0);
            row[4] = step.HasCode ? 1f / ++codes : 0;
            row[5] = One(step.UsesTools);
            row[6] = One(step.IsExecutionReport);
            row[7] = One(isFailed);
            row[8] = One(nextReports);
            row[9] = One(next is not null && next.Failed);
            row[10] = One(next is not null && EmptyResultSignal.IsEmptyReport(next));
            row[11] = One(nextReports && !next!.ExecutionFailed);
            row[12] = One(i + 1 == firstReport);
            row[13] = One(i + 1 == firstFailure);
            row[14] = One(i + 1 == lastReport);
            row[15] = One(before is { IsExecutionReport: true });
            row[16] = One(before is not null && before.Failed);
            row[17] = MathF.Log2(1 + reports);
            row[18] = MathF.Log2(1 + failed);
            failed += isFailed ? 1 : 0;
            row[19] = MathF.Log2(1 + failures - failed);
            row[20] = One(firstReport < 0);
            row[21] = One(!anyCode);
            row[22] = One(step.HasCode && before is { IsExecutionReport: true });
            row[23] = One(i < firstReport);
            row[24] = One(i + 1 == firstFine);
            reports += step.IsExecutionReport ? 1 : 0;
        }
    }

    private static float One(bool condition) => condition ? 1 : 0;
}
