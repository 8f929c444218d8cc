using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>Everything a ranker is told of a step: its place, its agent, its words, what ran before and after it, and what the structural signals say.</summary>
/// <remarks>Nothing here knows a team, an agent's name or a task: what a feature is worth is learned from a team's own labels.</remarks>
internal static class StepFeatures
{
    private static readonly IStepFeatureGroup[] Groups = [new PlaceFeatures(), new AgentFeatures(), new WorkFeatures(), new SpeechFeatures(), new SignalFeatures(), new GuessFeatures()];

    /// <summary>The columns' names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Groups.SelectMany(group => group.Names)];

    /// <summary>How many columns there are.</summary>
    public static int Count { get; } = Names.Count;

    /// <summary>All but the guesses: a model that sees everything finds those by itself.</summary>
    public static IReadOnlyList<int> Broad { get; } = [.. Columns(name => !name.StartsWith("guess.", StringComparison.Ordinal))];

    /// <summary>The few columns that say most, for a model that little data cannot lead astray.</summary>
    public static IReadOnlyList<int> Core { get; } = [.. Columns(name => name is "place.log-index" or "place.at-1" or "agent.first-turn" or "agent.human" or "agent.executor"
        or "work.one-over-work" or "speech.log-fresh-facts" or "speech.log-taken-up" or "signal.total" or "signal.first-work" or "guess.before-first-report" or "guess.first-code")];

    private static int SignalTotal { get; } = Columns(name => name == "signal.total").Single();

    /// <summary>What all structural signals together say of each step, in log-odds.</summary>
    public static double[] SignalTotals(FeatureTable table) => [.. Enumerable.Range(0, table.Steps).Select(step => (double)table.RowOf(step)[SignalTotal])];

    public static FeatureTable Of(RunView run, StepScores scores)
    {
        var table = new FeatureTable(run.Steps.Length);
        int column = 0;
        foreach (IStepFeatureGroup group in Groups)
        {
            group.Fill(run, scores, table, column);
            column += group.Names.Count;
        }

        return table;
    }

    private static IEnumerable<int> Columns(Func<string, bool> isOne) => Enumerable.Range(0, Names.Count).Where(column => isOne(Names[column]));
}
