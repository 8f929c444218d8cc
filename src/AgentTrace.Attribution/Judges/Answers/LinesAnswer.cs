using System.Globalization;
using System.Text.RegularExpressions;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Answers;

/// <summary>The answer of three lines that All-at-Once asks for: an agent's name, a step's number, a reason.</summary>
/// <param name="Agent">An agent of the run, by the run's spelling; null when the answer names none of its agents.</param>
/// <param name="Step">A step of the run; null when the answer names none of its steps.</param>
/// <param name="SaysNobody">Whether the answer says that no agent made a mistake.</param>
/// <param name="Reason">The judge's reason; empty when it gave none.</param>
internal sealed partial record LinesAnswer(string? Agent, int? Step, bool SaysNobody, string Reason)
{
    /// <summary>What a prompt says about the form of the answer.</summary>
    public const string Form = "Answer in exactly these three lines and write nothing else:\nAgent Name: <name>\nStep Number: <number>\nReason: <one sentence>";

    public static LinesAnswer Read(string answer, AgentRun run)
    {
        Match name = NameLine().Match(answer), number = NumberLine().Match(answer), reason = ReasonLine().Match(answer);
        string said = name.Success ? name.Groups[1].Value.Trim(' ', '*', '`', '"', '\'', '.') : "";
        string wanted = SpeakerName.BaseOf(said);
        string? agent = run.Steps.FirstOrDefault(step => step.Agent.Equals(wanted, StringComparison.OrdinalIgnoreCase))?.Agent;
        int? step = number.Success && int.TryParse(number.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) && parsed < run.Steps.Count
            ? parsed
            : null;
        bool nobody = agent is null && step is null && said.ToUpperInvariant() is ("NONE" or "N/A" or "NOBODY" or "NO AGENT");
        return new LinesAnswer(agent, step, nobody, reason.Success ? reason.Groups[1].Value.Trim() : "");
    }

    [GeneratedRegex(@"^[ \t>*#-]*Agent Name[ \t*]*:[ \t*]*(.{1,200})$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NameLine();

    [GeneratedRegex(@"^[ \t>*#-]*Step Number[ \t*]*:[ \t*]*(\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NumberLine();

    [GeneratedRegex(@"^[ \t>*#-]*Reason(?: for Mistake)?[ \t*]*:[ \t*]*(.{1,1000})", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ReasonLine();
}
