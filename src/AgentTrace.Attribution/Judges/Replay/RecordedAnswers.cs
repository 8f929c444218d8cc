using System.Collections.Frozen;
using System.Text.Json;

namespace AgentTrace.Attribution.Judges.Replay;

/// <summary>Answers by run and question, read from <c>answers.jsonl</c>.</summary>
internal sealed class RecordedAnswers
{
    public const string FileName = "answers.jsonl";

    private readonly FrozenDictionary<(string Run, string Method, string Question), string> _answers;

    private RecordedAnswers(FrozenDictionary<(string, string, string), string> answers) => _answers = answers;

    public string? Find(string run, string method, string question) => _answers.GetValueOrDefault((run, method, question));

    /// <summary>Reads the recording of a folder; null where it holds none. Of several answers to one question the last counts.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names it.</exception>
    public static RecordedAnswers? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        Dictionary<(string, string, string), string> answers = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using JsonDocument call = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
                answers[(Text(call, "run"), Text(call, "method"), Text(call, "question"))] = Text(call, "answer");
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException($"{path}, line {number}: no recorded answer ({e.Message}). Remove the line or record again.", e);
            }
        }

        return new RecordedAnswers(answers.ToFrozenDictionary());
    }

    private static string Text(JsonDocument call, string name) =>
        call.RootElement.GetProperty(name).GetString() ?? throw new InvalidOperationException($"{name} is null");
}
