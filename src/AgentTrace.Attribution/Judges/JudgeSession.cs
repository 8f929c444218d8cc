using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges.Budgets;
using AgentTrace.Attribution.Judges.Prompts;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges;

/// <summary>Asks a model about one run: at temperature 0, within the budget, with the bill kept.</summary>
/// <remarks>One per attribution; not for use from several threads at once.</remarks>
internal sealed class JudgeSession(IChatClient client, AgentRun run, JudgeMethodOptions options, TimeProvider? clock = null)
{
    private readonly bool _readsPrompts = client.GetService(typeof(IAnswersWithoutPrompt)) is null;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly JudgeMeter _meter = new(options.Budget, clock ?? TimeProvider.System);

    public RunPrompt Prompt { get; } = new(run, options);

    public AttributionCost Cost => _meter.Cost;

    /// <summary>How much of the budget that is left a prompt would take; above 1 it cannot be asked.</summary>
    public double ShareOf(long tokens) => _meter.ShareOf(tokens);

    /// <summary>Asks once, with the prompt that is written when a model is to read it; null when the budget does not allow it.</summary>
    /// <exception cref="JudgeException">The model could not be asked; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<string?> AskAsync(JudgeQuestion question, Func<string> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (string instructions, string prompt) = _readsPrompts ? (Prompt.Instructions, write()) : ("", "");
        long estimate = TokenEstimate.Of(instructions) + TokenEstimate.Of(prompt);
        if (!_meter.TryStart(estimate))
            return null;

        using CancellationTokenSource? outOfTime = _meter.TimeLeft is { } left ? new(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock) : null;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outOfTime?.Token ?? CancellationToken.None);
        try
        {
            ChatResponse response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.System, instructions), new ChatMessage(ChatRole.User, prompt)], new QuestionOptions(run, question), either.Token).ConfigureAwait(false);
            _meter.Add(response.Usage, estimate, response.Text);
            return response.Text;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (outOfTime?.IsCancellationRequested == true)
        {
            return null;
        }
        catch (BudgetSpentException)
        {
            return null;
        }
        catch (JudgeException)
        {
            // A judge of ours has said what is wrong and what to do.
            throw;
        }
        catch (Exception e)
        {
            // Whatever a provider throws, the caller needs to know one thing: the model is out of reach.
            throw new JudgeException(
                $"Call {_meter.Cost.JudgeCalls} of the model failed ({e.GetType().Name}: {e.Message}). Check the model's endpoint, key, name and rate limit, "
                + "or attribute without a model by the structural method.", e);
        }
    }
}
