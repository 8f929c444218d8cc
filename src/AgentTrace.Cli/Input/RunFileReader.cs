using System.Text;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Attribution.Runs.WhoAndWhen;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Cli.Input;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>Reads runs from Who&amp;When logs, from exported labels, and from OTLP/JSON, one object a file or one a line as the OpenTelemetry Collector's file exporter writes.</summary>
internal static class RunFileReader
{
    /// <summary>The files that paths name: a folder stands for the JSON files below it, or for itself where there is none, so that reading it says so.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            try
            {
                files.AddRange(FilesBelow(path));
            }
            catch (CliException)
            {
                // One bad folder loses nothing of the others: reading it fails once more, in its turn.
                files.Add(path);
            }
        }

        return files;
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="CliException">It is absent or holds no run; the message says what and where.</exception>
    public static RunFile Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        try
        {
            if (WhoAndWhenReader.LooksLike(bytes))
                return new RunFile(path, IsLog: true, [WhoAndWhenReader.Read(path, bytes)]);
            if (LabelledRunFile.LooksLike(bytes))
                return new RunFile(path, IsLog: true, [.. Documents(bytes).Select(document => LabelledRunFile.Read(path, document.Line, document.Json.Span))]);
            return ReadOtlp(path, bytes);
        }
        catch (RunFormatException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message, e);
        }
    }

    private static RunFile ReadOtlp(string path, byte[] bytes)
    {
        var spans = new List<AgentSpan>();
        string? problem = null;
        int badLines = 0;
        foreach ((int line, ReadOnlyMemory<byte> json) in Documents(bytes))
        {
            try
            {
                spans.AddRange(SpanCollector.DecodeJson(json));
            }
            catch (OtlpFormatException e)
            {
                // An exporter that was killed leaves its last line cut off: the lines before it are whole.
                badLines++;
                problem ??= $"{path}, line {line}: {e.Message}; give a Who&When log (with \"history\") or OTLP/JSON (with \"resourceSpans\")";
            }
        }

        List<LabeledRun> runs = [.. spans.GroupBy(span => span.TraceId)
            .Select(trace => SpanRunReader.Read([.. trace]))
            .OfType<AgentRun>()
            .Select(run => new LabeledRun { Run = run })];
        if (runs.Count == 0)
            throw new CliException(ExitCodes.BadCall, problem ?? $"{path}: {spans.Count} span(s), none of an agent; give a Who&When log (with \"history\") or OTLP/JSON with gen_ai.* or agenttrace.* spans");
        return new RunFile(path, IsLog: false, runs) { Problem = badLines > 1 ? $"{problem} ({badLines} such lines)" : problem };
    }

    /// <summary>A file whose first line is a whole object and that has more lines is read line by line.</summary>
    private static IEnumerable<(int Line, ReadOnlyMemory<byte> Json)> Documents(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        string[] lines = text.Split('\n');
        bool byLine = lines.Length > 1 && lines[0].TrimEnd().EndsWith('}') && lines.Skip(1).Any(line => line.TrimStart().StartsWith('{'));
        if (!byLine)
            return [(1, Encoding.UTF8.GetBytes(text))];
        return lines.Select((line, index) => (index + 1, line)).Where(l => !string.IsNullOrWhiteSpace(l.line))
            .Select(l => (l.Item1, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(l.line)));
    }

    private static string[] FilesBelow(string folder)
    {
        try
        {
            string[] files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
            Array.Sort(files, StringComparer.Ordinal);
            return files.Length > 0
                ? files
                : throw new CliException(ExitCodes.BadCall, $"{folder}: no .json file below this folder; name a log or an OTLP/JSON export");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.BadCall, $"{folder}: cannot be searched ({e.Message})", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
            FilesBelow(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadCall, $"{path}: cannot be read ({e.Message})", e);
        }
    }
}
