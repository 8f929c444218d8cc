using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>For generated code: how to read what an agent gives back. Written against a framework's own types, where those are.</summary>
/// <typeparam name="T">What the agent gives back: a message, a piece of one, or a whole response.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TurnReader<T>
{
    /// <summary>True when items are pieces of messages, as a stream gives them.</summary>
    public virtual bool IsPiecewise => false;

    /// <summary>Content: the messages in <paramref name="item"/>. Called only where content is captured.</summary>
    public abstract IEnumerable<ChatMessage> MessagesOf(T item);

    /// <summary>The tokens that <paramref name="item"/> reports; null when it reports none.</summary>
    public virtual UsageDetails? UsageOf(T item) => null;

    /// <summary>Who says <paramref name="item"/>; null when it does not tell.</summary>
    public virtual string? AuthorOf(T item) => null;

    /// <summary>The object that stands for the conversation, where the agent made it during the turn.</summary>
    public virtual object? ConversationOf(T item) => null;

    /// <summary>The conversation's id, where a service knows it by that.</summary>
    public virtual string? ConversationIdOf(T item) => null;
}
