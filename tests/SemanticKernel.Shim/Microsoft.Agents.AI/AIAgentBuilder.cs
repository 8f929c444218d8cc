using Microsoft.SemanticKernel;

namespace Microsoft.Agents.AI;

/// <summary>Wraps an agent; what is added first is outermost.</summary>
public sealed class AIAgentBuilder
{
    private readonly List<Func<AIAgent, IServiceProvider, AIAgent>> _layers = [];
    private readonly Func<IServiceProvider, AIAgent> _inner;

    public AIAgentBuilder(AIAgent innerAgent)
    {
        ArgumentNullException.ThrowIfNull(innerAgent);
        _inner = _ => innerAgent;
    }

    public AIAgentBuilder(Func<IServiceProvider, AIAgent> innerAgentFactory) => _inner = innerAgentFactory;

    public AIAgentBuilder Use(Func<AIAgent, AIAgent> agentFactory) => Use((inner, _) => agentFactory(inner));

    public AIAgentBuilder Use(Func<AIAgent, IServiceProvider, AIAgent> agentFactory)
    {
        _layers.Add(agentFactory);
        return this;
    }

    public AIAgent Build(IServiceProvider? services = null)
    {
        IServiceProvider provider = services ?? NoServices.Instance;
        AIAgent agent = _inner(provider);
        for (int index = _layers.Count - 1; index >= 0; index--)
            agent = _layers[index](agent, provider);
        return agent;
    }
}
