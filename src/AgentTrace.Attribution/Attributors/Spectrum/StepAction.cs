using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Spectrum;

/// <summary>What an agent does in a step, coarse enough to happen again in another run: who, and which kind of act.</summary>
internal readonly record struct StepAction(string Agent, string Act)
{
    private const int Words = 4;

    public static StepAction Of(Step step) => new(step.Agent.ToUpperInvariant(), ActOf(step));

    public override string ToString() => $"{Agent}: {Act}";

    private static string ActOf(Step step)
    {
        string failed = step.Error is not null || step.ToolCalls.Any(call => call.Error is not null) ? " and fails" : "";
        if (step.ToolCalls.Count > 0)
            return $"calls {string.Join(", ", step.ToolCalls.Select(call => call.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}{failed}";
        if (step.HandoffTo is { } target)
            return $"hands over to {target}{failed}";
        if (string.IsNullOrWhiteSpace(step.Output))
            return $"says nothing{failed}";
        return step.Output.Contains("```", StringComparison.Ordinal) ? $"writes code{failed}" : $"says \"{Opening(step.Output)}\"{failed}";
    }

    /// <summary>The first words without digits and marks: agents of one team open alike when they do alike.</summary>
    private static string Opening(string text)
    {
        string start = text.Length > 200 ? text[..200] : text;
        string letters = new([.. start.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')]);
        return string.Join(' ', letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(Words));
    }
}
