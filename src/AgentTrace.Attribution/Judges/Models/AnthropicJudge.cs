using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Models;

/// <summary>A model of Anthropic's API as a judge, by Anthropic's own client and its chat adapter.</summary>
/// <remarks>Asks once: <see cref="Retries.RetryingJudge"/> tries again.</remarks>
public sealed class AnthropicJudge : DelegatingChatClient
{
    /// <summary>Most tokens of one answer; the API wants a limit, and a judge's answer is short.</summary>
    private const int MaxAnswerTokens = 4_096;

    /// <summary>Creates the judge; nothing is sent yet.</summary>
    /// <param name="model">The model's name as the API knows it.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The API's base address; Anthropic's own when null.</param>
    public AnthropicJudge(string model, string apiKey, Uri? endpoint = null) : base(Create(model, apiKey, endpoint))
    {
    }

    private static IChatClient Create(string model, string apiKey, Uri? endpoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        ClientOptions options = new() { ApiKey = apiKey, MaxRetries = 0 };
        if (endpoint is not null)
            options.BaseUrl = endpoint.ToString();
        return new AnthropicClient(options).AsIChatClient(model, MaxAnswerTokens);
    }
}
