using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Microsoft.SemanticKernel;

/// <summary>A piece of a streamed call.</summary>
public class StreamingFunctionCallUpdateContent(
    string? callId = null, string? name = null, string? arguments = null, int functionCallIndex = 0)
    : StreamingKernelContent
{
    public string? CallId { get; init; } = callId;

    public string? Name { get; init; } = name;

    public string? Arguments { get; init; } = arguments;

    public int FunctionCallIndex { get; init; } = functionCallIndex;

    [Experimental("SKEXP0001")]
    public int RequestIndex { get; init; }

    public override string ToString() => nameof(StreamingFunctionCallUpdateContent);

    public override byte[] ToByteArray() => Encoding.UTF8.GetBytes(ToString());
}
