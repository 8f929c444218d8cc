using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>
/// Writes <c>invoke_agent Name(id)</c>, kind client. It starts as a <c>chat</c> span and is renamed at once: listeners of the start see
/// <c>chat</c>. No conversation id.
/// </summary>
public sealed class OpenTelemetryAgent : DelegatingAIAgent, IDisposable
{
    private readonly ActivitySource _source;
    private readonly DeferredOpenTelemetryChatClient? _chats;

    public OpenTelemetryAgent(AIAgent innerAgent, string? sourceName = null) : base(innerAgent)
    {
        string name = string.IsNullOrWhiteSpace(sourceName) ? "Experimental.Microsoft.Agents.AI" : sourceName;
        _source = new ActivitySource(name);
        IChatClient? client = innerAgent.GetService<ChatClientAgent>()?.ChatClient;
        if (client?.GetService<OpenTelemetryChatClient>() is null)
            _chats = client?.GetService<DeferredOpenTelemetryChatClient>();
        _chats?.Activate(name);
    }

    public bool EnableSensitiveData
    {
        get;
        set
        {
            field = value;
            _chats?.EnableSensitiveData = value;
        }
    }

    public void Dispose() => _source.Dispose();

    protected override async Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        using Activity? activity = Start(messages, options, streaming: false);
        try
        {
            AgentResponse response = await InnerAgent.RunAsync(messages, session, options, cancellationToken).ConfigureAwait(false);
            ChatSpan.SetResponse(activity, response.AsChatResponse(), EnableSensitiveData);
            return response;
        }
        catch (Exception exception)
        {
            ChatSpan.SetError(activity, exception);
            throw;
        }
    }

    protected override async IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using Activity? activity = Start(messages, options, streaming: true);
        List<AgentResponseUpdate> updates = [];
        await using IAsyncEnumerator<AgentResponseUpdate> enumerator =
            InnerAgent.RunStreamingAsync(messages, session, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception exception)
                {
                    ChatSpan.SetError(activity, exception);
                    throw;
                }

                updates.Add(enumerator.Current);
                yield return enumerator.Current;
                if (activity is not null)
                    Activity.Current = activity;
            }
        }
        finally
        {
            ChatSpan.SetResponse(activity, updates.ToAgentResponse().AsChatResponse(), EnableSensitiveData);
        }
    }

    private Activity? Start(IEnumerable<ChatMessage> messages, AgentRunOptions? options, bool streaming)
    {
        ChatOptions? chatOptions = (options as ChatClientAgentRunOptions)?.ChatOptions;
        string? model = chatOptions?.ModelId ?? InnerAgent.GetService<ChatClientMetadata>()?.DefaultModelId;
        string? provider = InnerAgent.GetService<AIAgentMetadata>()?.ProviderName;
        Activity? activity = ChatSpan.Start(_source, model, provider, chatOptions, streaming);
        if (activity is null)
            return null;

        if (EnableSensitiveData)
            ChatSpan.SetInput(activity, messages, chatOptions);
        activity.DisplayName = string.IsNullOrWhiteSpace(Name) ? $"invoke_agent {Id}" : $"invoke_agent {Name}({Id})";
        activity.SetTag("gen_ai.operation.name", "invoke_agent");
        activity.SetTag("gen_ai.agent.id", Id);
        if (!string.IsNullOrWhiteSpace(Name))
            activity.SetTag("gen_ai.agent.name", Name);
        if (!string.IsNullOrWhiteSpace(Description))
            activity.SetTag("gen_ai.agent.description", Description);
        return activity;
    }
}
