using AgentTrace.Analyzers.Rules.Content;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Content;

using Rule = Rule<ContentInNameRule, EmptyCodeFixProvider>;

public sealed class ContentInNameTests
{
    [Fact]
    public Task SpanNames_WithMessages_AreReported() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using AgentTrace;
        using Microsoft.Extensions.AI;
        using Microsoft.SemanticKernel;
        class Desk
        {
            static readonly ActivitySource s_source = new("Desk");
            void Run(Microsoft.Extensions.AI.ChatMessage message, ChatMessageContent? content, ChatResponse response)
            {
                using Activity? span = s_source.StartActivity([|$"answer to {message.Text}"|]);
                using Activity? other = s_source.StartActivity([|"answer to " + content?.Content|], ActivityKind.Client);
                string asked = message.Text;
                span!.DisplayName = [|asked|];
                using AgentRun run = AgentRun.Start([|$"travel {message}"|]);
                using ToolCall call = ToolCall.Start([|string.Format("book {0}", content)|]);
                using AgentRun said = AgentRun.Start([|response.Text ?? "none"|]);
            }
        }
        """);

    [Fact]
    public Task AgentNames_WithMessagesOrSecrets_AreReported() => Rule.VerifyAsync(
        """
        using AgentTrace;
        using Microsoft.Extensions.AI;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        class Desk(string apiKey)
        {
            void Run(IChatClient client, ChatMessageContent content, string userPassword)
            {
                _ = client.WithAgentTrace([|$"Flights {content.Content}"|]);
                _ = new ChatCompletionAgent { Name = [|$"Flights-{apiKey}"|] };
                using AgentTurn turn = AgentTurn.Start([|userPassword|]);
                using AgentTurn other = AgentTurn.Start([|content.ToString()|]);
            }
        }
        """);

    [Fact]
    public Task FrameworkAgentNames_WithMessages_AreReported() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            void Run(IChatClient client, AgentResponse answer)
            {
                _ = new ChatClientAgent(client, name: [|answer.Text|]);
                _ = new ChatClientAgentOptions { Name = [|$"{answer}"|] };
                _ = client.AsAIAgent(name: [|answer.Text|]);
                _ = new ChatClientAgent(client, instructions: answer.Text, name: "Flights");
            }
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task Baggage_WithSecretsOrMessages_IsReported() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using Microsoft.SemanticKernel;
        using OpenTelemetry;
        class Desk
        {
            string AccessToken { get; } = "";
            string _connection_string = "";
            void Run(Activity activity, string client_secret, ChatMessageContent content)
            {
                activity.SetBaggage("token", [|AccessToken|]);
                activity.AddBaggage("db", [|_connection_string|]);
                Baggage.SetBaggage("secret", [|client_secret|]);
                Baggage.Current.SetBaggage("asked", [|content.Content|]);
            }
        }
        """);

    [Fact]
    public Task OrdinaryNames_AreFine() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using AgentTrace;
        using Microsoft.Extensions.AI;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        using OpenTelemetry;
        class Desk
        {
            const string Password = "password";
            static readonly ActivitySource s_source = new("Desk");
            void Run(IChatClient client, ChatMessageContent content, string agent, string token, int tokenCount, string apiKeyName, string secretId, string publicKey, CancellationToken accessToken)
            {
                using Activity? span = s_source.StartActivity($"answer {content.AuthorName} {content.Role} {content.Content?.Length}");
                using Activity? tagged = s_source.StartActivity("answer", ActivityKind.Internal, default(ActivityContext), [new("asked", content.Content)]);
                span!.DisplayName = $"{agent} {token} {tokenCount} {apiKeyName} {secretId} {publicKey} {accessToken}";
                span.SetTag("password", Password);
                span.SetBaggage("user.id", agent);
                Baggage.SetBaggage(Password, nameof(Password));
                _ = client.WithAgentTrace(agent);
                _ = new ChatCompletionAgent { Name = agent, Instructions = content.Content };
                using AgentRun run = AgentRun.Start("desk", new AgentRunOptions { Input = content.Content });
                string name = content.Content!;
                name = "desk";
                using AgentTurn turn = AgentTurn.Start(name);
                using AgentTurn chosen = AgentTurn.Start(content.Content!.Trim());
                chosen.HandOffTo(content.Content!);
                string file = content.Content!.Length > 3 ? "long" : "short";
                span.DisplayName = file;
            }
        }
        """);
}
