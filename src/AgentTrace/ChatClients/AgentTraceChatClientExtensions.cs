using AgentTrace.ChatClients;

// In the namespace of IChatClient: whoever has a client sees the extension without another using.
namespace Microsoft.Extensions.AI;

/// <summary>Adds AgentTrace to chat clients.</summary>
public static class AgentTraceChatClientExtensions
{
    /// <summary>Records each call of the client as a turn of <paramref name="agentName"/> with the chat inside it.</summary>
    /// <param name="client">The client to call.</param>
    /// <param name="agentName">The agent that speaks through the client: few different ones, no ids.</param>
    /// <returns>A client that records and passes on; disposing it disposes <paramref name="client"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentName"/> is blank.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// <para>Inside a turn of the same agent only the chat is recorded. Adding it twice with the same name changes nothing.</para>
    /// <para>
    /// With function calling put it outside, around the function-invoking client, so that all requests of a turn are one turn; the
    /// functions in <see cref="ChatOptions.Tools"/> are recorded as tool calls. Put it inside as well to see each request on its own: the client
    /// then gives its <see cref="System.Diagnostics.ActivitySource"/> to the function-invoking client, which records the tool calls.
    /// </para>
    /// <para>A stream whose reader stops early has <c>agenttrace.turn.outcome</c> = <c>abandoned</c>.</para>
    /// </remarks>
    public static IChatClient WithAgentTrace(this IChatClient client, string agentName)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(agentName);
        return client is TracingChatClient traced && traced.AgentName == agentName ? client : new TracingChatClient(client, agentName);
    }
}
