namespace Microsoft.SemanticKernel;

/// <summary>Any piece of a streamed message.</summary>
public abstract class StreamingKernelContent
{
    protected StreamingKernelContent()
    {
    }

    protected StreamingKernelContent(
        object? innerContent, int choiceIndex = 0, string? modelId = null, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        InnerContent = innerContent;
        ChoiceIndex = choiceIndex;
        ModelId = modelId;
        Metadata = metadata;
    }

    public int ChoiceIndex { get; set; }

    public object? InnerContent { get; set; }

    public string? ModelId { get; set; }

    public IReadOnlyDictionary<string, object?>? Metadata { get; set; }

    public abstract override string ToString();

    public abstract byte[] ToByteArray();
}
