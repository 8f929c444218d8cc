using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>What part the step's agent plays in the run.</summary>
internal sealed class AgentFeatures : IStepFeatureGroup
{
    public IReadOnlyList<string> Names { get; } =
    [
        "agent.share", "agent.first-turn", "agent.one-over-turn", "agent.last-turn", "agent.as-before", "agent.as-after", "agent.starts-the-run",
        "agent.ends-the-run", "agent.log-agents", "agent.human", "agent.executor", "agent.hands-over", "agent.is-handed-to", "agent.aside",
        "agent.handoff", "agent.one-over-handoff", "agent.answer", "agent.one-over-answer", "agent.first-answer", "agent.before-handoff", "agent.writes-code",
    ];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        int agents = run.AgentCount;
        Agent[] known = new Agent[agents];
        foreach (StepView step in run.Steps)
        {
            ref Agent agent = ref known[step.AgentNumber];
            agent.Turns++;
            agent.Last = step.Index;
            agent.HandsOver |= step.Step.HandoffTo is not null;
            agent.IsHandedTo |= step.Step.HandoffFrom is not null;
            agent.WritesCode |= step.HasCode;
        }

        int[] turns = new int[agents];
        int handoffs = 0, answers = 0;
        StepView[] steps = run.Steps;
        for (int i = 0; i < steps.Length; i++)
        {
            StepView step = steps[i];
            ref readonly Agent agent = ref known[step.AgentNumber];
            int turn = ++turns[step.AgentNumber];
            bool handsOver = step.Step.HandoffTo is not null, isAnswer = step.Step.HandoffFrom is not null;
            Span<float> row = table.MutableRowOf(i)[column..];
            row[0] = (float)agent.Turns / steps.Length;
            row[1] = One(turn == 1);
            row[2] = 1f / turn;
            row[3] = One(agent.Last == i);
            row[4] = One(i > 0 && RunView.SameAgent(steps[i - 1], step));
            row[5] = One(i + 1 < steps.Length && RunView.SameAgent(steps[i + 1], step));
            row[6] = One(RunView.SameAgent(steps[0], step));
            row[7] = One(RunView.SameAgent(steps[^1], step));
            row[8] = MathF.Log2(agents);
            row[9] = One(step.IsHuman);
            row[10] = One(step.IsExecutor);
            row[11] = One(agent.HandsOver);
            row[12] = One(agent.IsHandedTo);
            row[13] = One(!handsOver && step.Step.Speaker.Length > step.Agent.Length);
            row[14] = One(handsOver);
            row[15] = handsOver ? 1f / ++handoffs : 0;
            row[16] = One(isAnswer);
            row[17] = isAnswer ? 1f / ++answers : 0;
            row[18] = One(isAnswer && answers == 1);
            row[19] = One(i + 1 < steps.Length && steps[i + 1].Step.HandoffTo is not null);
            row[20] = One(agent.WritesCode);
        }
    }

    private static float One(bool condition) => condition ? 1 : 0;

    private struct Agent
    {
        public int Turns;
        public int Last;
        public bool HandsOver;
        public bool IsHandedTo;
        public bool WritesCode;
    }
}
