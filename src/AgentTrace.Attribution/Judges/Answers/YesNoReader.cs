using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Answers;

/// <summary>Reads an answer that must be yes or no: the first word decides (a leading "1." aside), and anything else is no answer.</summary>
internal static partial class YesNoReader
{
    public static bool? Read(string answer)
    {
        Match word = FirstWord().Match(answer);
        return word.Success ? word.Groups["yes"].Success : null;
    }

    [GeneratedRegex(@"^(?:\W*1[.)])?[\s*_""'`(\[]*(?:(?<yes>yes)|no)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();
}
