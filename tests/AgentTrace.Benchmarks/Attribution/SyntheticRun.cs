using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Benchmarks.Attribution;

/// <summary>A made-up failed run of the size of a hand-crafted log of Who&amp;When: 50 steps, 63,000 characters, handoffs, code, reports and hedges.</summary>
internal static class SyntheticRun
{
    public const int Steps = 50;
    private const int Characters = 63_000;
    private static readonly string[] Syllables = ["ka", "lo", "mi", "ten", "sur", "pa", "vel", "dor", "ni", "gra", "el", "bo", "qui", "ra", "sto"];

    public static AttributionRun Create(int seed)
    {
        var random = new Random(seed);
        var steps = new Step[Steps];
        for (int i = 0; i < Steps; i++)
        {
            string agent = i == 0 ? "human" : (i % 3) switch { 1 => "Lead", 2 => "Searcher", _ => "Runner" };
            steps[i] = new Step
            {
                Index = i,
                Agent = agent,
                Speaker = agent,
                Output = Text(random, agent, 2 * random.Next(Characters / Steps)),
                HandoffTo = agent == "Lead" ? "Searcher" : null,
                HandoffFrom = agent == "Searcher" ? "Lead" : null,
            };
        }

        return new AttributionRun { Id = $"synthetic-{seed}", Task = Text(random, "human", 200), Outcome = RunOutcome.Failure, Steps = steps };
    }

    private static string Text(Random random, string agent, int length)
    {
        var text = new StringBuilder(agent == "Runner" ? "exitcode: " + (random.Next(3) == 0 ? "1 (execution failed)" : "0 (execution succeeded)") + "\n" : "");
        while (text.Length < length)
        {
            switch (random.Next(40))
            {
                case 0:
                    text.Append("I assume it is ").Append(random.Next(10_000).ToString(CultureInfo.InvariantCulture)).Append(". ");
                    break;
                case 1:
                    text.Append("\n```python\nprint(").Append(random.Next(100)).Append(")\n```\n");
                    break;
                default:
                    for (int syllables = 1 + random.Next(4); syllables > 0; syllables--)
                        text.Append(Syllables[random.Next(Syllables.Length)]);
                    text.Append(random.Next(12) == 0 ? ". " : " ");
                    break;
            }
        }

        return text.ToString();
    }
}
