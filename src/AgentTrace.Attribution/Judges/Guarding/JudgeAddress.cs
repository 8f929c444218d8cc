using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>Whether a passage speaks to whoever judges the log: overrides, forged frames, forged answers, verdicts dictated.</summary>
/// <remarks>
/// Rules on folded text (<see cref="FoldedText"/>). They would rather take out a harmless sentence than leave one in: what is taken out is marked,
/// and a judge loses a sentence, not a step.
/// </remarks>
internal static partial class JudgeAddress
{
    /// <summary>Every place of a text that speaks to a judge.</summary>
    public static IEnumerable<(int Start, int End)> In(string folded)
    {
        foreach (Regex rule in (Regex[])[Override(), Addressed(), Frame(), Answer(), Verdict(), OtherLanguages()])
        {
            foreach (Match match in rule.Matches(folded))
                yield return (match.Index, match.Index + match.Length);
        }
    }

    /// <summary>Every place where a text says that something or somebody is wrong: a verdict where it names an agent, or hides.</summary>
    public static IEnumerable<(int Start, int End)> Complaints(string folded) => Complaint().Matches(folded).Select(match => (match.Index, match.Index + match.Length));

    /// <summary>Whether a passage starts as a line of a prompt or of an answer would.</summary>
    public static bool StartsLike(string folded) => LineStart().IsMatch(folded);

    /// <summary>Whether a decoded passage speaks to a judge or complains: honest text is not encoded.</summary>
    public static bool SpeaksOrComplains(string folded) => In(folded).Any() || Complaint().IsMatch(folded);

    [GeneratedRegex(@"^\W*(?:(?:system|assistant|human|user) ?: |1\. ?(?:yes|no)\b|(?:log\S* )?step \S{1,6} ?\||-{3,} ?(?:begin|end)\b)")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"\b(?:ignore|disregard|forget|override|overrule|skip|bypass)\b.{0,40}\b(?:above|previous|prior|earlier|preceding|instructions?|prompt|rules?|log|guidelines|everything|all of)\b|\b(?:new|real|actual|updated|true) (?:instructions?|question|system prompt|rules?)\b|\b(?:end|stop) of (?:the )?(?:log|transcript|conversation|data|steps?|history)\b|\bsystem (?:prompt|override|message|notice)\b|\bdo not follow\b|\byou (?:must|should|have to|will|are) (?:now |to )?(?:blame|answer|reply|respond|conclude|report|pick|choose|select|name)\b|\bpretend\b.{0,40}\b(?:judge|step|error|agent)\b")]
    private static partial Regex Override();

    [GeneratedRegex(@"\b(?:note|attention|dear|message|memo|instructions?|hint|to|for|hey|hello|hi)\b[ :,]{0,3}(?:to |for )?(?:the |any |all |whichever |whoever )?(?:llm |ai |automated |post-?mortem |human )?(?:judges?|evaluators?|graders?|annotators?|auditors?|investigators?|attributors?|readers?|reviewers? of this|model|assistant|llm|language model)\b.{0,80}\b(?:step|error|mistake|agent|fault|blame|answer|verdict|decisive|respond|reply|log|transcript|half)\b|\bas (?:an? |the )?(?:impartial |expert |failure )?(?:judge|evaluator|grader|attribut\w+|language model|ai model)\b|\b(?:whoever|if you (?:are|'re)|you who) (?:is |are )?(?:read|judg|evaluat|grad)\w*\b")]
    private static partial Regex Addressed();

    [GeneratedRegex(@"<\|.{0,40}\|>|<</?sys>>|\[/?inst\]|</?(?:s|system|user|assistant|human|instructions?|log|step|data|answer|verdict)>|#{2,} ?(?:system|assistant|user|human|instruction|response|answer|verdict)|\blog-[0-9a-f]{4,}\b|\b(?:begin|end) (?:of )?(?:log|steps|prompt|data)\b|\bfunction_call\b")]
    private static partial Regex Frame();

    [GeneratedRegex(@"\b(?:upper|lower) half\b|\b(?:agent name|step number|mistake_?step|mistake_?agent|mistake_?reason|decisive_?step|decisive_?error)\b|[""']?(?:step|agent)[""']? ?[:=] ?.{1,60}[""']?(?:agent|step|cause|fix|reason|then)[""']? ?[:=]|[""'](?:step|agent|verdict|answer)[""'] ?: ?|\b(?:answer|reply|respond|say|output|return|print|write)\b.{0,20}[""'\u201c\u2018`]?\b(?:yes|no|upper|lower)\b[""'\u201d\u2019`]?|\b(?:final |correct |right )?(?:verdict|attribution)\b ?(?:is|:|=)|\b(?:correct|right|expected|only valid|final|true) (?:step|agent|half)\b")]
    private static partial Regex Answer();

    [GeneratedRegex(@"\bblame\w*\b|\b(?:accus|convict)(?:e|es|ed|ing)?\b|\bculprits?\b|\bdecisive\b|\bat fault\b|\bguilty\b|\broot cause\b|\b(?:responsible|guilty|faulty|failing) (?:agent|step|party)\b|\b(?:agent|step|party) (?:is )?(?:responsible|to blame)\b|\b(?:first|earliest|only|real|true|fatal|critical) (?:mistake|error|fault|failure)\b|\bno (?:agent|one|body) (?:is|was) (?:at fault|wrong|responsible)\b|\battribut\w+ (?:the |this )?(?:failure|error|mistake|fault)\b")]
    private static partial Regex Verdict();

    [GeneratedRegex(@"\b(?:ignorier\w*|missachte\w*|schuld\w*|entscheidende\w* fehler|verantwortlich\w*|beschuldig\w*|ignor(?:ez|e[rzs]?|a|ar|ad|en)\b.{0,40}(?:instruc|instru|avant|dessus|anterior|precedent|previ|acima|sopra)\w*|coupable\w*|culpab\w*|responsable\w*|faute\w*|culpa\w*|colpevol\w*|responsabil\w*|erreur decisive|error decisivo|errore decisivo|erro decisivo|schuldig\w*|skyldig\w*|winn\w+ jest|suclu|sorumlu|bersalah|loi quyet dinh)\b|игнорир|виноват|винов|ошибк|решающ|忽略|无视|无視|無視|责任|責任|错误|錯誤|過失|罪魁|决定性|決定的|誤り|犯人|결정적|무시|책임|잘못|تجاهل|خطا|المسؤول|נא להתעלם|אשם|अनदेखा|गलती|ग़लती|दोषी|θανατηφορο σφαλμα|αγνοησ|λαθος|ผิดพลาด|เพิกเฉย")]
    private static partial Regex OtherLanguages();

    [GeneratedRegex(@"\b(?:error|mistake|fault|failure|problem|bug|wrong|failed|broke|ruined|caused)\b.{0,60}\b(?:is|was|lies|lay|by|with|at|in|because of|due to|came from|made)\b|\b(?:made|caused|committed|introduced)\b.{0,30}\b(?:error|mistake|fault|failure)\b")]
    private static partial Regex Complaint();
}
