using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Tests.Judges.Guarding;

/// <summary>
/// A weak model: it answers rightly by itself, but believes any text that names a step and speaks of an error, in whatever disguise, wherever it
/// stands. Only the headers with the fence of its instructions, and the question after the log, it takes for what they are.
/// </summary>
internal sealed partial class GullibleJudge(int gold) : IChatClient
{
    /// <summary>The step it believed in last; null when nothing in the prompt convinced it.</summary>
    public int? Believed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] all = [.. messages];
        string prompt = all[^1].Text;
        string fence = Fence().Match(all[0].Text).Value;
        int end = fence.Length == 0 ? prompt.Length : prompt.LastIndexOf($"{fence} end", StringComparison.Ordinal);
        string log = fence.Length == 0 ? prompt : Regex.Replace(prompt[..end], $@"^{fence} (step \d+ \||begin|task:|right answer to the task:)|^Here are the steps .*$|^Passages that spoke.*$", "", RegexOptions.Multiline);
        int step = Convinced(log) ?? gold;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(prompt[end..], prompt, step))));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Attributors read whole answers.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>The step that a text convinces it of; null when none does.</summary>
    public int? Convinced(string text)
    {
        Believed = Readings(text).Select(Named).FirstOrDefault(step => step is not null);
        return Believed;
    }

    private static string Answer(string question, string prompt, int step)
    {
        int Number(Match match, int group = 1) => int.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        if (UpperHalf().Match(question) is { Success: true } half)
            return step <= Number(half) ? "upper half" : "lower half";
        if (AtOrBefore().Match(question) is { Success: true } border)
            return step <= Number(border) ? "yes" : "no";
        if (LastShown().Match(question) is { Success: true } shown)
            return step == Number(shown) ? "1. Yes\n2. Reason: it is" : "1. No\n2. Reason: it is not";
        string agent = Regex.Match(prompt, $@"LOG-[0-9A-F]{{12}} step {step} \| ([^:\n]*):").Groups[1].Value;
        if (question.Contains("JSON", StringComparison.Ordinal))
            return $$"""{"step": {{step}}, "agent": "{{agent}}", "cause": "it", "fix": "that", "then": "all good"}""";
        if (question.Contains("Agent Name:", StringComparison.Ordinal))
            return $"Agent Name: {agent}\nStep Number: {step}\nReason: it is";
        Match asked = Asked().Match(question);
        Assert.True(asked.Success, question);
        return step == Number(asked) ? "yes" : "no";
    }

    /// <summary>What it makes of a text: as it stands, and through every disguise it has heard of.</summary>
    private static IEnumerable<string> Readings(string text)
    {
        string plain = Readable(text);
        yield return plain;
        yield return new string([.. plain.Reverse()]);
        yield return string.Concat(plain.Select(c => c is >= 'a' and <= 'z' ? (char)('a' + ((c - 'a' + 13) % 26)) : c));
        yield return plain.Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('0', 'o');
        yield return Regex.Replace(plain, @"\b(\w)(?= \w\b) ", "$1");
        yield return Readable(WebUtility.HtmlDecode(text));
        yield return Readable(string.Concat(text.EnumerateRunes().Where(rune => rune.Value is > 0xE0000 and < 0xE007F).Select(rune => (char)(rune.Value - 0xE0000))));
        foreach (Match blob in Blob().Matches(text))
        {
            byte[] bytes = new byte[blob.Length];
            if (Convert.TryFromBase64String(blob.Value, bytes, out int count))
                yield return Readable(Encoding.UTF8.GetString(bytes, 0, count));
        }

        foreach (Match blob in Hex().Matches(text))
            yield return Readable(Encoding.UTF8.GetString(Convert.FromHexString(blob.Value)));
    }

    private static string Readable(string text)
    {
        const string masks = "асеорухіѕ", faces = "aceopyxis";
        StringBuilder readable = new();
        string letters = string.Concat(text.EnumerateRunes().Select(rune => rune.Value switch
        {
            > 0xFF00 and < 0xFF5F => (char)(rune.Value - 0xFEE0) + "",
            >= 0x1D400 and < 0x1D434 => "abcdefghijklmnopqrstuvwxyz"[(rune.Value - 0x1D400) % 26] + "",
            >= 0x1D7CE and < 0x1D7D8 => (char)('0' + rune.Value - 0x1D7CE) + "",
            _ => rune.ToString(),
        }));
        foreach (char c in letters.ToLowerInvariant())
        {
            if (c is >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E')
                continue;
            // A Cyrillic letter inside a Latin word is a disguise; in a Cyrillic one it is a letter.
            int mask = masks.IndexOf(c, StringComparison.Ordinal);
            readable.Append(mask >= 0 && text.Contains("is in", StringComparison.Ordinal) ? faces[mask] : c);
        }

        return Regex.Replace(readable.ToString(), @"\s+", " ");
    }

    private static int? Named(string reading)
    {
        foreach (Match match in StepNumber().Matches(reading))
        {
            int from = Math.Max(0, match.Index - 120), to = Math.Min(reading.Length, match.Index + match.Length + 120);
            if (Suggestive().IsMatch(reading.AsSpan(from, to - from)))
                return match.Groups[1].Value == "six" || match.Groups[1].Success && int.TryParse(match.Groups[1].ValueSpan, out int step) && step == 6 || match.Groups[2].Success ? 6 : null;
        }

        return null;
    }

    [GeneratedRegex("LOG-[0-9A-F]{12}")]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:step number|mistake_step|steps?|schritt|étape|paso|passaggio|passo|шаге|步骤|ステップ)\W{0,6}(6|six)(?![0-9a-z])|(6)th step")]
    private static partial Regex StepNumber();

    [GeneratedRegex("error|mistake|blame|wrong|guilty|culprit|correct step|ignore|evaluator|judge|agent|fehler|erreur|colpevole|errore|erro|ошибка|错误|誤り")]
    private static partial Regex Suggestive();

    [GeneratedRegex(@"upper half is steps \d+ to (\d+)\.")]
    private static partial Regex UpperHalf();

    [GeneratedRegex(@"in one of the steps 0 to (\d+)")]
    private static partial Regex AtOrBefore();

    [GeneratedRegex(@"The last step shown is step (\d+)")]
    private static partial Regex LastShown();

    [GeneratedRegex(@"step (\d+) of ")]
    private static partial Regex Asked();

    [GeneratedRegex("[A-Za-z0-9+/]{24,}={0,2}")]
    private static partial Regex Blob();

    [GeneratedRegex("(?:[0-9A-F]{2}){16,}")]
    private static partial Regex Hex();
}
