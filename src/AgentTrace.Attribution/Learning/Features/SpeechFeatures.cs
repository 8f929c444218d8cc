using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>How much the step says, how much of it is new, and who takes it up.</summary>
internal sealed class SpeechFeatures : IStepFeatureGroup
{
    public IReadOnlyList<string> Names { get; } =
    [
        "speech.log-words", "speech.of-longest", "speech.longest", "speech.bare", "speech.states-task", "speech.log-facts", "speech.log-fresh-facts",
        "speech.new", "speech.of-task", "speech.like-before", "speech.like-own", "speech.log-taken-up", "speech.most-taken-up", "speech.hedges",
        "speech.hedged-part", "speech.concludes", "speech.log-lines", "speech.questions", "speech.log-questions", "speech.acknowledges",
    ];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        int[] taken = TakenUp(run);
        int longest = 0, mostTaken = 0;
        foreach (StepView step in run.Steps)
        {
            longest = Math.Max(longest, step.WordCount);
            mostTaken = Math.Max(mostTaken, taken[step.Index]);
        }

        int[] previous = new int[run.AgentCount];
        foreach (StepView step in run.Steps)
        {
            int i = step.Index;
            int earlier = previous[step.AgentNumber] - 1;
            previous[step.AgentNumber] = i + 1;
            (int fresh, int ofTask) = Origins(run, step);
            int words = run.WordsOf(step).Length;
            ReadOnlySpan<int> facts = run.FactsOf(step);
            int freshFacts = 0;
            foreach (int fact in facts)
                freshFacts += run.Table.FirstStepOf(fact) == i ? 1 : 0;
            int questions = step.Text.Count('?');
            int hedges = step.IsAgentsOwn ? step.Hedges : 0;
            Span<float> row = table.MutableRowOf(i)[column..];
            row[0] = MathF.Log2(1 + step.WordCount);
            row[1] = longest == 0 ? 0 : (float)step.WordCount / longest;
            row[2] = step.WordCount == longest && longest > 0 ? 1 : 0;
            row[3] = step.IsBare ? 1 : 0;
            row[4] = step.StatesTask ? 1 : 0;
            row[5] = MathF.Log2(1 + facts.Length);
            row[6] = MathF.Log2(1 + freshFacts);
            row[7] = words == 0 ? 0 : (float)fresh / words;
            row[8] = words == 0 ? 0 : (float)ofTask / words;
            row[9] = i == 0 ? 0 : (float)run.Likeness(step, run.Steps[i - 1]);
            row[10] = earlier < 0 ? 0 : (float)run.Likeness(step, run.Steps[earlier]);
            row[11] = MathF.Log2(1 + taken[i]);
            row[12] = taken[i] == mostTaken && mostTaken > 0 ? 1 : 0;
            row[13] = hedges;
            row[14] = (float)HedgedPart(step);
            row[15] = step.IsAgentsOwn && step.Concludes ? 1 : 0;
            row[16] = MathF.Log2(1 + step.Text.Count('\n'));
            row[17] = questions > 0 ? 1 : 0;
            row[18] = MathF.Log2(1 + questions);
            row[19] = step.IsAgentsOwn && step.Acknowledges ? 1 : 0;
        }
    }

    private static double HedgedPart(StepView step) => Attributors.Structural.Signals.HedgedFactSignal.StrengthOf(step);

    /// <summary>For each step how often later steps of other agents use a name or number that it brought in.</summary>
    private static int[] TakenUp(RunView run)
    {
        int[] taken = new int[run.Steps.Length];
        foreach (StepView user in run.Steps)
        {
            foreach (int fact in run.FactsOf(user))
            {
                int source = run.Table.FirstStepOf(fact);
                if (source >= 0 && source < user.Index && !RunView.SameAgent(run.Steps[source], user))
                    taken[source]++;
            }
        }

        return taken;
    }

    private static (int Fresh, int OfTask) Origins(RunView run, StepView step)
    {
        int fresh = 0, ofTask = 0;
        foreach (int word in run.WordsOf(step))
        {
            int first = run.Table.FirstStepOf(word);
            fresh += first == step.Index ? 1 : 0;
            ofTask += first == WordTable.Task ? 1 : 0;
        }

        return (fresh, ofTask);
    }
}
