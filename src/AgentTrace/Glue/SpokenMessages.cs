using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>What an agent said, as messages: the pieces of a stream are put together, whole messages stay.</summary>
internal static class SpokenMessages
{
    public static List<ChatMessage> Of<T>(IEnumerable<T> items, TurnReader<T> reader)
    {
        List<ChatMessage> messages = [];
        foreach (ChatMessage message in items.SelectMany(reader.MessagesOf))
        {
            if (reader.IsPiecewise && messages is [.., var last] && last.Role == message.Role && last.AuthorName == message.AuthorName)
                Append(last, message);
            else
                messages.Add(message);
        }

        return messages;
    }

    private static void Append(ChatMessage message, ChatMessage piece)
    {
        foreach (AIContent content in piece.Contents)
        {
            if (content is TextContent text && message.Contents is [.., TextContent last])
                last.Text += text.Text;
            else
                message.Contents.Add(content);
        }
    }
}
