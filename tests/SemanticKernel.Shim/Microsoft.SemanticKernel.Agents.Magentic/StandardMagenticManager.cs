using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>
/// Asks a model: facts, then a plan, then the ledger after every answer, then the final answer. Its requests are bare: a <c>chat</c> span
/// each, under no agent.
/// </summary>
[Experimental("SKEXP0110")]
public sealed class StandardMagenticManager(IChatCompletionService service, PromptExecutionSettings executionSettings) : MagenticManager
{
    public override ValueTask<IList<ChatMessageContent>> PlanAsync(MagenticManagerContext context, CancellationToken cancellationToken) =>
        FactsAndPlanAsync(context, cancellationToken);

    public override ValueTask<IList<ChatMessageContent>> ReplanAsync(MagenticManagerContext context, CancellationToken cancellationToken) =>
        FactsAndPlanAsync(context, cancellationToken);

    /// <exception cref="JsonException">The model's answer is no ledger.</exception>
    public override async ValueTask<MagenticProgressLedger> EvaluateTaskProgressAsync(
        MagenticManagerContext context, CancellationToken cancellationToken = default)
    {
        string question = $"Fill the progress ledger as JSON. Team: {context.Team.FormatNames()}";
        string answer = await AskAsync(context, question, executionSettings, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize<MagenticProgressLedger>(answer) ?? throw new JsonException("The ledger is null.");
    }

    public override async ValueTask<ChatMessageContent> PrepareFinalAnswerAsync(
        MagenticManagerContext context, CancellationToken cancellationToken = default) =>
        new(AuthorRole.Assistant, await AskAsync(context, "Give the final answer.", null, cancellationToken).ConfigureAwait(false));

    private async ValueTask<IList<ChatMessageContent>> FactsAndPlanAsync(
        MagenticManagerContext context, CancellationToken cancellationToken)
    {
        string facts = await AskAsync(context, $"List the facts of the task: {string.Join('\n', context.Task)}", null, cancellationToken)
            .ConfigureAwait(false);
        string plan = await AskAsync(context, $"Make a plan for the team:\n{context.Team.FormatList()}", null, cancellationToken)
            .ConfigureAwait(false);
        return [new ChatMessageContent(AuthorRole.System, $"Facts:\n{facts}\n\nPlan:\n{plan}")];
    }

    private async Task<string> AskAsync(
        MagenticManagerContext context, string question, PromptExecutionSettings? settings, CancellationToken cancellationToken)
    {
        ChatHistory chat = [.. context.History, new ChatMessageContent(AuthorRole.User, question)];
        ChatMessageContent answer = await service.GetChatMessageContentAsync(chat, settings, kernel: null, cancellationToken)
            .ConfigureAwait(false);
        return answer.Content ?? "";
    }
}
