using AgentTrace.Attribution.Attributors;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges;

/// <summary>Asks a model for one attribution: at temperature 0, within a budget of calls, and keeps the bill.</summary>
/// <remarks>One per attribution; not for use from several threads at once.</remarks>
internal sealed class CountingJudge(IChatClient client, int? maxCalls)
{
    private int _calls;
    private long _inputTokens;
    private long _outputTokens;

    /// <summary>False once the budget is spent.</summary>
    public bool CanAsk => maxCalls is not { } most || _calls < most;

    public AttributionCost Cost => new(_calls, _inputTokens, _outputTokens);

    /// <summary>Asks once.</summary>
    /// <exception cref="JudgeException">The model could not be asked; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<string> AskAsync(string instructions, string question, CancellationToken cancellationToken)
    {
        if (!CanAsk)
            throw new JudgeException($"The budget of {maxCalls} calls of the model is spent. Raise the budget for this attribution.");
        cancellationToken.ThrowIfCancellationRequested();
        _calls++;
        ChatResponse response;
        try
        {
            response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, question)],
                new ChatOptions { Temperature = 0 },
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Whatever a provider throws, the caller needs to know one thing: the model is out of reach.
            throw new JudgeException(
                $"Call {_calls} of the model failed ({e.GetType().Name}: {e.Message}). Check the model's endpoint, key, name and rate limit, "
                + "or attribute without a model by the structural method.", e);
        }

        _inputTokens += response.Usage?.InputTokenCount ?? 0;
        _outputTokens += response.Usage?.OutputTokenCount ?? 0;
        return response.Text;
    }
}
