using System.Text;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>One piece of a streamed message.</summary>
public class StreamingChatMessageContent : StreamingKernelContent
{
    public StreamingChatMessageContent(
        AuthorRole? role,
        string? content,
        object? innerContent = null,
        int choiceIndex = 0,
        string? modelId = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, choiceIndex, modelId, metadata)
    {
        Role = role;
        Encoding = encoding ?? Encoding.UTF8;
        Content = content;
    }

    /// <summary>The first text among the items.</summary>
    public string? Content
    {
        get => Items.OfType<StreamingTextContent>().FirstOrDefault()?.Text;
        set
        {
            if (Items.OfType<StreamingTextContent>().FirstOrDefault() is { } text)
                text.Text = value;
            else if (value is not null)
                Items.Add(new StreamingTextContent(value, ChoiceIndex, ModelId, InnerContent, Encoding, Metadata));
        }
    }

    public StreamingKernelContentItemCollection Items { get; set; } = [];

    public string? AuthorName
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    public AuthorRole? Role { get; set; }

    public Encoding Encoding { get; set; }

    public override string ToString() => Content ?? "";

    public override byte[] ToByteArray() => Encoding.GetBytes(ToString());
}
