using Microsoft.SemanticKernel;

namespace Microsoft.Extensions.AI;

/// <summary>Wraps a chat client; what is added first is outermost.</summary>
public sealed class ChatClientBuilder
{
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _layers = [];
    private readonly Func<IServiceProvider, IChatClient> _inner;

    public ChatClientBuilder(IChatClient innerClient)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        _inner = _ => innerClient;
    }

    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory) => _inner = innerClientFactory;

    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory) => Use((inner, _) => clientFactory(inner));

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        _layers.Add(clientFactory);
        return this;
    }

    public IChatClient Build(IServiceProvider? services = null)
    {
        IServiceProvider provider = services ?? NoServices.Instance;
        IChatClient client = _inner(provider);
        for (int index = _layers.Count - 1; index >= 0; index--)
            client = _layers[index](client, provider);
        return client;
    }
}
