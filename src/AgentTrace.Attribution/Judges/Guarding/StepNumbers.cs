using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>Takes the numbers out of what a log itself says about steps: only the prompt numbers steps, and a plan's "step 3" is not the run's.</summary>
internal static partial class StepNumbers
{
    private const string Mask = "#";

    public static bool Any(string folded) => Before().IsMatch(folded) || After().IsMatch(folded);

    /// <summary>The text with <c>#</c> for every such number, and how many there were.</summary>
    public static string Masked(string text, out int count)
    {
        int found = 0;
        string masked = Before().Replace(text, match => Replaced(match, ref found));
        masked = After().Replace(masked, match => Replaced(match, ref found));
        count = found;
        return masked;
    }

    private static string Replaced(Match match, ref int found)
    {
        found++;
        Group number = match.Groups["n"];
        int at = number.Index - match.Index;
        return string.Concat(match.Value.AsSpan(0, at), Mask, match.Value.AsSpan(at + number.Length));
    }

    private const string StepWords = "steps?|turns?|messages?|entry|entries|index|schritte?|[ée]tapes?|pas[so]{1,2}|passo|passagg\\w*|stap|steg|krok\\w*|ad[ıi]m|langkah|b[ưu][ớo]c|шаг\\w*|βημα|βήμα|步骤|步驟|步|ステップ|手順|단계|خطوة|चरण|ขั้นตอน";

    private const string Words = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
        + "null|eins|zwei|drei|vier|f[üu]nf|sechs|sieben|acht|neun|zehn|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|"
        + "due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dois|tr[êe]s|sete|oito|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|[零一二三四五六七八九十]+|[ivx]{1,5}";

    [GeneratedRegex($@"(?<![\p{{L}}])(?:{StepWords})[\s_""'*:#=(\[.\-]{{0,6}}(?:(?:number|no|num|nr|numero|número|num[ée]ro|nummer|index|id|номер|is)\b[\s_""'*:#=.]{{0,4}})?(?<n>\p{{Nd}}+|(?:{Words})(?![\p{{L}}]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex($@"(?<n>\p{{Nd}}+)(?:st|nd|rd|th|\.|er|e|º|ª|o|а|-?й|-?м)?[\s_\-]{{0,2}}(?:{StepWords})(?![\p{{L}}])|(?<![\p{{L}}])(?<n>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|opening|erste[rn]?|zweite[rn]?|dritte[rn]?|vierte[rn]?|f[üu]nfte[rn]?|sechste[rn]?|siebte[rn]?)[\s_\-]{{1,2}}(?:{StepWords})(?![\p{{L}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
