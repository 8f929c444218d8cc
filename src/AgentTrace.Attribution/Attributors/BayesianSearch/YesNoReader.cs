using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Reads an answer that must be yes or no: the first word decides, and anything else is no answer.</summary>
internal static partial class YesNoReader
{
    public static bool? Read(string answer)
    {
        Match word = FirstWord().Match(answer);
        return word.Success ? word.Groups["yes"].Success : null;
    }

    [GeneratedRegex(@"^[\s*_""'`(\[]*(?:(?<yes>yes)|no)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();
}
