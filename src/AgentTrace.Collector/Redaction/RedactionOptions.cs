using System.Text.RegularExpressions;

namespace AgentTrace.Collector.Redaction;

/// <summary>What is taken out of spans before they are kept, shown or judged, and where asked before they are passed on.</summary>
public sealed class RedactionOptions
{
    internal const RegexOptions PatternOptions = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Attributes whose values are taken out, of spans, events, links, resources and scopes: names, or beginnings of names with a <c>*</c> at the end.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Regular expressions; what they match is taken out of every text of a span, and of what people post.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Whether spans are passed on redacted too; else endpoints get them as they came.</summary>
    public bool Forwarded { get; init; }

    internal bool IsOn => Attributes.Count + Patterns.Count > 0;

    internal void Validate(Action<bool, string, object, string> require)
    {
        for (int i = 0; i < Attributes.Count; i++)
        {
            string name = Attributes[i];
            int star = name.IndexOf('*', StringComparison.Ordinal);
            bool holds = name.Length > 0 && star != 0 && (star < 0 || star == name.Length - 1);
            require(holds, $"Redaction.{nameof(Attributes)}[{i}]", $"'{name}'", "an attribute's name, or the beginning of one with a * at its end");
        }

        for (int i = 0; i < Patterns.Count; i++)
            require(IsPattern(Patterns[i], out string why), $"Redaction.{nameof(Patterns)}[{i}]", $"'{Patterns[i]}'",
                $"a regular expression that matches no empty text, without back-references and look-around{why}");
        require(!Forwarded || IsOn, $"Redaction.{nameof(Forwarded)}", Forwarded, $"only with {nameof(Attributes)} or {nameof(Patterns)}");
    }

    private static bool IsPattern(string text, out string why)
    {
        try
        {
            why = "";
            return text.Length > 0 && !new Regex(text, PatternOptions).IsMatch("");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            why = $" ({e.Message})";
            return false;
        }
    }
}
