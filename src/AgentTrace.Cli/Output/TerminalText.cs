using Spectre.Console;

namespace AgentTrace.Cli.Output;

/// <summary>Text from runs is hostile: what a terminal would obey (escape sequences, bidi marks) is shown as a mark instead.</summary>
internal static class TerminalText
{
    /// <summary>One line of harmless text.</summary>
    public static string Line(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (int i = 0; i < source.Length; i++)
            target[i] = char.IsWhiteSpace(source[i]) ? ' ' : IsHarmless(source[i]) ? source[i] : '\uFFFD';
    });

    /// <summary>One line of harmless text that Spectre does not read as markup.</summary>
    public static string MarkupLine(string text) => Markup.Escape(Line(text));

    private static bool IsHarmless(char c) => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format;
}
