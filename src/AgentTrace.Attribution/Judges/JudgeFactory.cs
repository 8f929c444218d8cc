using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges;

/// <summary>Makes the judge that a text such as <c>openai:gpt-5</c> names.</summary>
public static class JudgeFactory
{
    private const string OpenAIPrefix = "openai:";
    private const string KeyForLocalServers = "none";

    /// <summary>Creates a judge.</summary>
    /// <param name="name"><c>openai:MODEL</c>.</param>
    /// <param name="endpoint">Base address of an OpenAI-compatible server; OpenAI's own when null.</param>
    /// <param name="apiKey">The key; may be null only when <paramref name="endpoint"/> is given, for servers that ask for none.</param>
    /// <exception cref="ArgumentException">The name has another form, or the key is missing; the message says what to do.</exception>
    public static IChatClient Create(string name, Uri? endpoint, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith(OpenAIPrefix, StringComparison.OrdinalIgnoreCase) || name.Length == OpenAIPrefix.Length)
            throw new ArgumentException($"'{name}' names no judge: use openai:MODEL, with an endpoint for any other OpenAI-compatible server.");
        if (string.IsNullOrWhiteSpace(apiKey) && endpoint is null)
            throw new ArgumentException($"The judge {name} needs a key: set OPENAI_API_KEY, or name a local server as its endpoint.");
        return new OpenAIJudge(name[OpenAIPrefix.Length..], string.IsNullOrWhiteSpace(apiKey) ? KeyForLocalServers : apiKey, endpoint);
    }
}
