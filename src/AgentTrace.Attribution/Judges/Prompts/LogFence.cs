using System.Security.Cryptography;
using System.Text;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Prompts;

/// <summary>The word that marks where a run's steps begin and end inside a prompt.</summary>
/// <remarks>
/// What agents wrote may try to pass for a step, or for the end of the log. The word is a digest of the whole run, so that
/// no text inside it can hold the word by design, and the same run gets the same prompt each time.
/// </remarks>
internal static class LogFence
{
    public static string For(AgentRun run)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Everything that a prompt may show: whoever writes one field must not be able to work the word out from the others.
        Append(hash, run.Task);
        Append(hash, run.ExpectedAnswer);
        foreach (Step step in run.Steps)
        {
            Append(hash, step.Speaker);
            Append(hash, step.Output);
            Append(hash, step.Error);
            foreach (ToolCall call in step.ToolCalls)
            {
                Append(hash, call.Name);
                Append(hash, call.Arguments);
                Append(hash, call.Result);
                Append(hash, call.Error);
            }
        }

        return string.Concat("LOG-", Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 6)));
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        hash.AppendData([0]);
    }
}
