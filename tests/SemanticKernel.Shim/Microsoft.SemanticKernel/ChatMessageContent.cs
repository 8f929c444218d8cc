using System.Text;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>One message of a conversation.</summary>
public class ChatMessageContent : KernelContent
{
    public ChatMessageContent() => Encoding = Encoding.UTF8;

    public ChatMessageContent(
        AuthorRole role,
        string? content,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        Role = role;
        Encoding = encoding ?? Encoding.UTF8;
        Content = content;
    }

    public ChatMessageContent(
        AuthorRole role,
        ChatMessageContentItemCollection items,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        Role = role;
        Encoding = encoding ?? Encoding.UTF8;
        Items = items;
    }

    public string? AuthorName
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    public AuthorRole Role { get; set; }

    /// <summary>The first text among the items.</summary>
    public string? Content
    {
        get => Items.OfType<TextContent>().FirstOrDefault()?.Text;
        set
        {
            if (Items.OfType<TextContent>().FirstOrDefault() is { } text)
                text.Text = value;
            else if (value is not null)
                Items.Add(new TextContent(value, ModelId, InnerContent, Encoding, Metadata));
        }
    }

    public ChatMessageContentItemCollection Items { get; set; } = [];

    public Encoding Encoding { get; set; }

    public override string ToString() => Content ?? "";
}
