using System.Globalization;
using AgentTrace.Attribution.Judges.Prompts;

namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Writes the question of one round: in which half of this segment is the decisive error?</summary>
internal static class HalfPrompt
{
    public static string Write(RunPrompt prompt, Segment segment) => prompt.Write(segment.Start, segment.End, string.Create(CultureInfo.InvariantCulture,
        $"The upper half is steps {segment.Upper.Start} to {segment.Upper.End}. The lower half is steps {segment.Lower.Start} to {segment.Lower.End}.\n")
        + "In which half is the decisive error more likely? Answer with \"upper half\" or \"lower half\" and nothing else.");
}
