using System.Text.Json;
using AgentTrace.Attribution.Attributors.AllAtOnce;
using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Attributors.StepByStep;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Replay;

/// <summary>Answers to the reference prompts of Who&amp;When, one file a method, keyed by the log's file name without its ending.</summary>
/// <remarks>
/// <c>all_at_once.json</c>: <c>{log: {answer}}</c>; <c>step_by_step.json</c>: <c>{log: {calls: [{step, answer}]}}</c>; <c>binary_search.json</c>:
/// <c>{log: {calls: [{start, end, answer}]}}</c>. A folder for each part of the benchmark, named as the folder that its logs are in, may stand between.
/// </remarks>
internal sealed class ReferenceRecording(string folder)
{
    private readonly Dictionary<string, JsonElement?> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The recorded answer; null where there is none.</summary>
    /// <exception cref="FormatException">A file cannot be read.</exception>
    public string? Find(AgentRun run, JudgeQuestion question)
    {
        if (run.Source is not { } source || FileOf(question.Method) is not { } file)
            return null;
        string part = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(source))) ?? "";
        return Find(Path.Combine(folder, part, file), Path.GetFileNameWithoutExtension(source), question)
            ?? Find(Path.Combine(folder, file), Path.GetFileNameWithoutExtension(source), question);
    }

    private static string? FileOf(string method) => method switch
    {
        AllAtOnceAttributor.MethodName => "all_at_once.json",
        StepByStepAttributor.MethodName => "step_by_step.json",
        BinarySearchAttributor.MethodName => "binary_search.json",
        _ => null,
    };

    private string? Find(string path, string log, JudgeQuestion question)
    {
        if (Load(path) is not { ValueKind: JsonValueKind.Object } file || !file.TryGetProperty(log, out JsonElement recorded))
            return null;
        try
        {
            if (question.Kind == JudgeQuestionKind.WholeRun)
                return recorded.GetProperty("answer").GetString();
            foreach (JsonElement call in recorded.GetProperty("calls").EnumerateArray())
            {
                bool same = question.Kind == JudgeQuestionKind.WhichHalf
                    ? call.GetProperty("start").GetInt32() == question.Start && call.GetProperty("end").GetInt32() == question.End
                    : call.GetProperty("step").GetInt32() == question.Start;
                if (same)
                    return call.GetProperty("answer").GetString();
            }

            return null;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{path}, log {log}: no recording of this method ({e.Message}).", e);
        }
    }

    private JsonElement? Load(string path)
    {
        lock (_lock)
        {
            if (_files.TryGetValue(path, out JsonElement? loaded))
                return loaded;
            try
            {
                return _files[path] = File.Exists(path) ? JsonElement.Parse(File.ReadAllBytes(path)) : null;
            }
            catch (JsonException e)
            {
                throw new FormatException($"{path}: no valid JSON ({e.Message}).", e);
            }
        }
    }
}
