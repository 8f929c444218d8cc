namespace AgentTrace.Generators.Model;

/// <summary>What the compilation references, as far as the glue depends on it.</summary>
/// <param name="HasSdk">The AgentTrace SDK.</param>
/// <param name="LanguageVersion">The C# version, for example 1200.</param>
/// <param name="HasOpenAIUsage">The OpenAI package's token usage type.</param>
/// <param name="HasChatHistoryThread">Semantic Kernel's in-memory thread, whose id is a fresh one.</param>
/// <param name="HasChatClientSession">Agent Framework's session with a service's conversation id.</param>
/// <param name="WorkflowHasName">Whether Agent Framework's workflow tells its name.</param>
/// <param name="Runtime">The members of Semantic Kernel's agent runtime; null without orchestrations.</param>
internal sealed record FrameworkFacts(
    bool HasSdk, int LanguageVersion, bool HasOpenAIUsage, bool HasChatHistoryThread, bool HasChatClientSession, bool WorkflowHasName, RuntimeShape? Runtime);
