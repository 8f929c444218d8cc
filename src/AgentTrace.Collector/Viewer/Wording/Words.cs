using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Viewer.Wording;

/// <summary>Figures and terms as the pages write them.</summary>
internal static class Words
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>How long ago, in the largest unit that fits.</summary>
    public static string Age(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } age => string.Create(Culture, $"{(int)age.TotalMinutes} min ago"),
        { TotalHours: < 48 } age => string.Create(Culture, $"{(int)age.TotalHours} h ago"),
        var age => string.Create(Culture, $"{(int)age.TotalDays} days ago"),
    };

    /// <summary>A time to the second, in UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Culture);

    public static string? Duration(DateTimeOffset? start, DateTimeOffset? end) => (end - start) switch
    {
        null => null,
        { TotalSeconds: < 1 } time => string.Create(Culture, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalMinutes: < 1 } time => string.Create(Culture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } time => string.Create(Culture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        { } time => string.Create(Culture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    /// <summary>A probability in whole percent; what is not quite sure is not said to be.</summary>
    public static string Percent(double probability) => probability switch
    {
        > 0.99 and < 1 => "99 %",
        > 0 and < 0.01 => "under 1 %",
        _ => string.Create(Culture, $"{Math.Round(probability * 100)} %"),
    };

    /// <summary>What a confidence means for who reads it.</summary>
    public static string Sureness(double confidence) => confidence switch
    {
        >= 0.9 => "nearly certain",
        >= 0.7 => "likely right",
        >= 0.5 => "more likely than not",
        >= 0.25 => "a lead: check it",
        _ => "a place to start looking",
    };

    /// <summary>Whether a verdict is likelier right than wrong; else nobody is said to have broken anything.</summary>
    public static bool IsLikely(double confidence) => confidence >= 0.5;

    /// <summary>What the named step is called.</summary>
    public static string Named(double confidence) => IsLikely(confidence) ? "decisive error" : "look here first";

    public static string Cost(AttributionCost cost) => cost.JudgeCalls == 0 ? "no model asked" : string.Create(Culture,
        $"{cost.JudgeCalls} model call{(cost.JudgeCalls == 1 ? "" : "s")}, {cost.InputTokens + cost.OutputTokens:N0} tokens{(cost.IsEstimated ? " (estimated)" : "")}{(cost.Money is { } money ? $", {money:0.####} at your prices" : "")}");

    /// <summary>The short form for a column.</summary>
    public static string ShortCost(AttributionCost? cost) => cost switch
    {
        null => "",
        { JudgeCalls: 0 } => "free",
        { Money: { } money } => string.Create(Culture, $"{money:0.####}"),
        _ => string.Create(Culture, $"{(cost.InputTokens + cost.OutputTokens) / 1000.0:0.#}k tokens"),
    };

    /// <summary>A term of ours for people: <c>tool_error</c> is a tool error.</summary>
    public static string Term(string term) => term.Replace('_', ' ');

    public static string Outcome(RunOutcome outcome) => outcome switch { RunOutcome.Failure => "Failed", RunOutcome.Success => "Succeeded", _ => "Outcome unknown" };

    public static string Number(double value) => value.ToString("0.##", Culture);

    public static string Count(int count, string what) => string.Create(Culture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
