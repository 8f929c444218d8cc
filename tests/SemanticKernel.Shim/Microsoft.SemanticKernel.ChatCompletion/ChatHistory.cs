using System.Collections;
using System.Text;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>The messages of a conversation, oldest first.</summary>
public class ChatHistory : IList<ChatMessageContent>, IReadOnlyList<ChatMessageContent>
{
    private readonly List<ChatMessageContent> _messages;

    public ChatHistory() => _messages = [];

    public ChatHistory(string message, AuthorRole role) => _messages = [new(role, message)];

    public ChatHistory(string systemMessage) : this(systemMessage, AuthorRole.System)
    {
    }

    public ChatHistory(IEnumerable<ChatMessageContent> messages) => _messages = [.. messages];

    public virtual int Count => _messages.Count;

    bool ICollection<ChatMessageContent>.IsReadOnly => false;

    public virtual ChatMessageContent this[int index]
    {
        get => _messages[index];
        set => _messages[index] = value;
    }

    public void AddMessage(
        AuthorRole authorRole, string content, Encoding? encoding = null, IReadOnlyDictionary<string, object?>? metadata = null) =>
        Add(new ChatMessageContent(authorRole, content, encoding: encoding, metadata: metadata));

    public void AddMessage(
        AuthorRole authorRole,
        ChatMessageContentItemCollection contentItems,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null) =>
        Add(new ChatMessageContent(authorRole, contentItems, encoding: encoding, metadata: metadata));

    public void AddUserMessage(string content) => AddMessage(AuthorRole.User, content);

    public void AddUserMessage(ChatMessageContentItemCollection contentItems) => AddMessage(AuthorRole.User, contentItems);

    public void AddAssistantMessage(string content) => AddMessage(AuthorRole.Assistant, content);

    public void AddSystemMessage(string content) => AddMessage(AuthorRole.System, content);

    public void AddDeveloperMessage(string content) => AddMessage(AuthorRole.Developer, content);

    public virtual void Add(ChatMessageContent item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _messages.Add(item);
    }

    public virtual void AddRange(IEnumerable<ChatMessageContent> items) => _messages.AddRange(items);

    public virtual void Insert(int index, ChatMessageContent item) => _messages.Insert(index, item);

    public virtual void CopyTo(ChatMessageContent[] array, int arrayIndex) => _messages.CopyTo(array, arrayIndex);

    public virtual void Clear() => _messages.Clear();

    public virtual bool Contains(ChatMessageContent item) => _messages.Contains(item);

    public virtual int IndexOf(ChatMessageContent item) => _messages.IndexOf(item);

    public virtual void RemoveAt(int index) => _messages.RemoveAt(index);

    public virtual bool Remove(ChatMessageContent item) => _messages.Remove(item);

    public virtual void RemoveRange(int index, int count) => _messages.RemoveRange(index, count);

    IEnumerator<ChatMessageContent> IEnumerable<ChatMessageContent>.GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _messages.GetEnumerator();
}
