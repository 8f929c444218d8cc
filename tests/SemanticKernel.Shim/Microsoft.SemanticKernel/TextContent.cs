using System.Text;

namespace Microsoft.SemanticKernel;

/// <summary>Text of a message.</summary>
public sealed class TextContent : KernelContent
{
    public TextContent() => Encoding = Encoding.UTF8;

    public TextContent(
        string? text,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        Text = text;
        Encoding = encoding ?? Encoding.UTF8;
    }

    public string? Text { get; set; }

    public Encoding Encoding { get; set; }

    public static implicit operator TextContent(string text) => new(text);

    public override string ToString() => Text ?? "";
}
