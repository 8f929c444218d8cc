using System.Buffers;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>What a step says about a program that was run, where the step is the report of such a run.</summary>
internal static class ExecutionResult
{
    private const int StartWindow = 200;
    private static readonly SearchValues<string> ExitCode = SearchValues.Create(
        ["exitcode", "exit code", "exit status", "return code", "returncode"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Report = SearchValues.Create(
        ["traceback (most recent", "stdout:", "stderr:"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the start of a step.</summary>
    public static (bool IsReport, bool Failed) Read(BoundedText text)
    {
        ReadOnlySpan<char> start = text.Head[..Math.Min(StartWindow, text.Head.Length)].TrimStart();
        // A report starts with its exit code; an agent that talks about one does not.
        int code = start.IndexOfAny(ExitCode);
        if (code is >= 0 and < 20)
            return (true, !IsZero(start[code..]) || text.IndexOfAny(Phrases.ErrorOutput) >= 0);
        return start.IndexOfAny(Report) is >= 0 and < 20 ? (true, text.IndexOfAny(Phrases.ErrorOutput) >= 0) : (false, false);
    }

    private static bool IsZero(ReadOnlySpan<char> text)
    {
        int digit = text.IndexOfAnyInRange('0', '9');
        return digit < 0 || digit > 30 || (text[digit] == '0' && text[digit - 1] != '-');
    }
}
