namespace Microsoft.SemanticKernel.Agents;

/// <summary>The channels of a chat, one for each set of channel keys, and what each has not been told yet.</summary>
internal sealed class AgentChannels
{
    private readonly Dictionary<string, (AgentChannel Channel, List<ChatMessageContent> Untold)> _channels = [];

    /// <summary>The agent's channel, told everything.</summary>
    public async Task<AgentChannel> GetAsync(Agent agent, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken)
    {
        string key = string.Join(':', agent.GetChannelKeys());
        if (!_channels.TryGetValue(key, out (AgentChannel Channel, List<ChatMessageContent> Untold) entry))
        {
            entry = (await agent.CreateChannelAsync(cancellationToken).ConfigureAwait(false), [.. history]);
            _channels.Add(key, entry);
        }

        if (entry.Untold.Count > 0)
            await entry.Channel.ReceiveAsync([.. entry.Untold], cancellationToken).ConfigureAwait(false);
        entry.Untold.Clear();
        return entry.Channel;
    }

    public void Broadcast(IEnumerable<ChatMessageContent> messages, AgentChannel? except)
    {
        foreach ((AgentChannel channel, List<ChatMessageContent> untold) in _channels.Values)
        {
            if (channel != except)
                untold.AddRange(messages);
        }
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        foreach ((AgentChannel channel, _) in _channels.Values)
            await channel.ResetAsync(cancellationToken).ConfigureAwait(false);
        _channels.Clear();
    }
}
