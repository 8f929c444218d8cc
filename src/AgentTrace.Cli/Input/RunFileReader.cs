using System.Text;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Attribution.Runs.WhoAndWhen;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Cli.Input;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>Reads runs from Who&amp;When logs and from OTLP/JSON, one object a file or one a line as the OpenTelemetry Collector's file exporter writes.</summary>
internal static class RunFileReader
{
    /// <summary>The files that paths name: a folder stands for the JSON files below it.</summary>
    /// <exception cref="CliException">A path is neither a file nor a folder with JSON files.</exception>
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

            string[] below = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
            if (below.Length == 0)
                throw new CliException(ExitCodes.BadCall, $"{path}: no .json file below this folder; name a log or an OTLP/JSON export");
            Array.Sort(below, StringComparer.Ordinal);
            files.AddRange(below);
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
            return new RunFile(path, IsLog: false, ReadOtlp(path, bytes));
        }
        catch (RunFormatException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message, e);
        }
    }

    private static List<LabeledRun> ReadOtlp(string path, byte[] bytes)
    {
        IReadOnlyList<AgentSpan> spans = [.. Documents(bytes).SelectMany(document => ReadSpans(path, document.Line, document.Json))];
        List<LabeledRun> runs = [.. spans.GroupBy(span => span.TraceId)
            .Select(trace => SpanRunReader.Read([.. trace]))
            .OfType<AgentRun>()
            .Select(run => new LabeledRun { Run = run })];
        return runs.Count > 0
            ? runs
            : throw new CliException(ExitCodes.BadCall, $"{path}: {spans.Count} span(s), none of an agent; give a Who&When log (with \"history\") or OTLP/JSON with gen_ai.* or agenttrace.* spans");
    }

    private static IReadOnlyList<AgentSpan> ReadSpans(string path, int line, ReadOnlyMemory<byte> json)
    {
        try
        {
            return SpanCollector.DecodeJson(json);
        }
        catch (OtlpFormatException e)
        {
            throw new CliException(ExitCodes.BadCall, $"{path}, line {line}: {e.Message}; give a Who&When log (with \"history\") or OTLP/JSON (with \"resourceSpans\")", e);
        }
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

    private static byte[] ReadBytes(string path)
    {
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
