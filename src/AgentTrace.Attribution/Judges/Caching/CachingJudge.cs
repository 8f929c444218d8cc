using AgentTrace.Attribution.Judges.Questions;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Caching;

/// <summary>Keeps answers on disk, addressed by all that was asked: the same prompt to the same model is paid for once.</summary>
/// <remarks>
/// A file's name is a digest of model, endpoint, settings and messages, so nothing in a log can name a path. Files are written beside and moved
/// into place; one that cannot be read counts as missing. An answer from the cache reports no tokens used. For use from several threads and processes.
/// </remarks>
public sealed class CachingJudge : DelegatingChatClient
{
    private readonly string _folder;

    /// <summary>Creates the cache.</summary>
    /// <param name="judge">The judge that is asked for what is missing; disposed with this one.</param>
    /// <param name="folder">Where answers are kept; created where it is missing.</param>
    public CachingJudge(IChatClient judge, string folder) : base(judge)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        _folder = folder;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        // Its answer does not depend on the messages alone.
        if (this.GetService(typeof(IAnswersWithoutPrompt)) is not null)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        IList<ChatMessage> asked = messages as IList<ChatMessage> ?? [.. messages];
        string key = CacheKey.Of(this.GetService<ChatClientMetadata>(), asked, options);
        string path = Path.Combine(_folder, key[..2], key + ".json");
        if (CachedAnswer.Read(path) is { } cached)
        {
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, cached.Text))
            {
                ModelId = cached.Model,
                Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
            };
        }

        ChatResponse response = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
        CachedAnswer.Write(path, new CachedAnswer(response.Text, response.ModelId));
        return response;
    }
}
