using System.Text;

namespace Microsoft.SemanticKernel;

/// <summary>A piece of streamed text.</summary>
public class StreamingTextContent : StreamingKernelContent
{
    public StreamingTextContent(
        string? text,
        int choiceIndex = 0,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, choiceIndex, modelId, metadata)
    {
        Text = text;
        Encoding = encoding ?? Encoding.UTF8;
    }

    public string? Text { get; set; }

    public Encoding Encoding { get; set; }

    public override string ToString() => Text ?? "";

    public override byte[] ToByteArray() => Encoding.GetBytes(ToString());
}
