using AgentTrace.Analyzers.Rules.Streaming;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

namespace AgentTrace.Analyzers.Tests.Streaming;

using Rule = Rule<StreamNotReadRule, AwaitTurnFix>;

public sealed class StreamNotReadTests
{
    [Fact]
    public Task Stream_OfAKernelAgent_ThatNobodyReads_IsReportedAndEnumerated() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task Run(ChatCompletionAgent agent, CancellationToken cancel)
            {
                [|agent.InvokeStreamingAsync("Book.")|];
                _ = [|agent.InvokeStreamingAsync("Book.")|];
                [|agent.InvokeStreamingAsync("Book.", cancellationToken: cancel)|].ConfigureAwait(false);
                await Task.Yield();
            }
        }
        """,
        """
        using Microsoft.SemanticKernel.Agents;
        class Desk
        {
            async Task Run(ChatCompletionAgent agent, CancellationToken cancel)
            {
                await foreach (var _ in agent.InvokeStreamingAsync("Book."))
                {
                }
                await foreach (var _ in agent.InvokeStreamingAsync("Book."))
                {
                }
                await foreach (var _ in agent.InvokeStreamingAsync("Book.", cancellationToken: cancel).ConfigureAwait(false))
                {
                }
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Stream_ThatNobodyReads_IsReportedWhereNothingCanBeAwaited() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            void Run(AIAgent agent, IChatClient client)
            {
                [|agent.RunStreamingAsync("Book.")|];
                var updates = [|client.GetStreamingResponseAsync("Book.")|];
                Action later = () => [|client.GetStreamingResponseAsync([])|];
            }
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task Stream_AlwaysLeftAtItsFirstUpdate_IsReported() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            async Task<string> Return(AIAgent agent)
            {
                await foreach (var update in [|agent.RunStreamingAsync("Book.")|].ConfigureAwait(false))
                {
                    Console.WriteLine(update);
                    return update.Text;
                }
                return "";
            }
            async Task Break(IChatClient client, CancellationToken cancel)
            {
                var updates = client.GetStreamingResponseAsync("Book.");
                await foreach (var update in [|updates|].WithCancellation(cancel))
                    break;
            }
            async Task<string> First(AIAgent agent) => (await [|agent.RunStreamingAsync("Book.")|].FirstAsync()).Text;
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task Stream_ThatIsRead_IsFine() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            IAsyncEnumerable<AgentResponseUpdate>? _kept;
            IAsyncEnumerable<AgentResponseUpdate> Passed(AIAgent agent) => agent.RunStreamingAsync("Book.");
            async Task Read(AIAgent agent, IChatClient client, Func<string, bool> enough)
            {
                await foreach (var update in agent.RunStreamingAsync("Book."))
                    Console.WriteLine(update);
                var updates = client.GetStreamingResponseAsync("Book.");
                await foreach (var update in updates)
                {
                    if (enough(update.Text))
                        break;
                }
                await foreach (var update in client.GetStreamingResponseAsync("Book."))
                {
                    if (!enough(update.Text))
                        continue;
                    Console.WriteLine(update);
                    break;
                }
                _kept = agent.RunStreamingAsync("Book.");
                await foreach (var update in _kept)
                    return;
                _ = await client.GetStreamingResponseAsync("Book.").ToChatResponseAsync();
                _ = await agent.RunStreamingAsync("Book.").FirstAsync(update => update.Text.Length > 3);
                foreach (int i in Enumerable.Range(0, 3))
                    break;
            }
            async IAsyncEnumerable<string> Stream(AIAgent agent)
            {
                await foreach (var update in agent.RunStreamingAsync("Book."))
                    yield return update.Text;
            }
        }
        """,
        references: References.AgentFramework);
}
