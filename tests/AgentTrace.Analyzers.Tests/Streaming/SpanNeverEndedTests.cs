using AgentTrace.Analyzers.Rules.Streaming;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

namespace AgentTrace.Analyzers.Tests.Streaming;

using Rule = Rule<SpanNeverEndedRule, EndSpanFix>;

public sealed class SpanNeverEndedTests
{
    [Fact]
    public Task Activity_AroundAnAgentAndNeverEnded_IsReportedAndUsed() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using Microsoft.Agents.AI;
        using OpenTelemetry.Trace;
        class Desk(ActivitySource source)
        {
            async Task Run(AIAgent agent)
            {
                // Books.
                Activity? activity = [|source.StartActivity("book")|];
                activity?.SetTag("city", "Lisbon")?.SetTag("nights", 2);
                if (activity is not null)
                    activity.DisplayName = "book";
                var answer = await agent.RunAsync("Book.");
                activity?.SetStatus(ActivityStatusCode.Ok);
                activity.SetStatus(Status.Ok);
                Console.WriteLine(activity?.TraceId);
            }
        }
        """,
        """
        using System.Diagnostics;
        using Microsoft.Agents.AI;
        using OpenTelemetry.Trace;
        class Desk(ActivitySource source)
        {
            async Task Run(AIAgent agent)
            {
                // Books.
                using Activity? activity = source.StartActivity("book");
                activity?.SetTag("city", "Lisbon")?.SetTag("nights", 2);
                if (activity is not null)
                    activity.DisplayName = "book";
                var answer = await agent.RunAsync("Book.");
                activity?.SetStatus(ActivityStatusCode.Ok);
                activity.SetStatus(Status.Ok);
                Console.WriteLine(activity?.TraceId);
            }
        }
        """,
        References.AgentFramework);

    [Fact]
    public Task SpansOfTheSdk_NeverEnded_AreReportedAndUsed() => Rule.VerifyAsync(
        """
        using AgentTrace;
        class Desk
        {
            void Run()
            {
                AgentRun run = [|AgentRun.Start("desk")|];
                var turn = [|AgentTurn.Start("Flights")|];
                turn.AddUsage(1, 2);
                Console.WriteLine(run.Activity?.TraceId);
                run.Succeed();
            }
        }
        """,
        """
        using AgentTrace;
        class Desk
        {
            void Run()
            {
                using AgentRun run = AgentRun.Start("desk");
                using var turn = AgentTurn.Start("Flights");
                turn.AddUsage(1, 2);
                Console.WriteLine(run.Activity?.TraceId);
                run.Succeed();
            }
        }
        """);

    [Fact]
    public Task Span_ThatIsDropped_IsReported() => Rule.VerifyAsync(
        """
        using AgentTrace;
        class Desk
        {
            void Run() => [|AgentRun.Start("desk")|];
        }
        """);

    [Fact]
    public Task Span_ThatEndsOrGoesElsewhere_IsFine() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using AgentTrace;
        using Microsoft.Agents.AI;
        class Desk(ActivitySource source)
        {
            Activity? _kept;
            async Task Using(AIAgent agent)
            {
                using var activity = source.StartActivity("book");
                using (AgentRun.Start("desk"))
                using (var run = AgentRun.Start("desk"))
                    await agent.RunAsync("Book.");
            }
            async Task Stopped(AIAgent agent)
            {
                var activity = source.StartActivity("book");
                AgentTurn turn = AgentTurn.Start("Flights");
                try { await agent.RunAsync("Book."); }
                finally { activity?.Stop(); turn.End(DateTimeOffset.UtcNow); }
            }
            async Task Later(AIAgent agent)
            {
                var activity = source.StartActivity("book");
                await agent.RunAsync("Book.").ContinueWith(_ => activity?.SetTag("done", true).Dispose());
            }
            async Task Kept(AIAgent agent)
            {
                var activity = source.StartActivity("book");
                _kept = activity;
                var given = source.StartActivity("book");
                Give(given);
                using (given)
                    await agent.RunAsync("Book.");
            }
            Activity? Returned(AIAgent agent)
            {
                var activity = source.StartActivity("book");
                agent.RunAsync("Book.").Wait();
                return activity?.SetTag("done", true);
            }
            async Task Current(AIAgent agent)
            {
                source.StartActivity("book");
                await agent.RunAsync("Book.");
                Activity.Current?.Stop();
            }
            void NoAgent()
            {
                var activity = source.StartActivity("nothing of ours");
                activity?.SetTag("a", 1);
            }
            void OtherFunction(AIAgent agent)
            {
                Action one = () => { var activity = source.StartActivity("nothing of ours"); };
                Func<Task> other = () => agent.RunAsync("Book.");
            }
            async Task AgentBefore(AIAgent agent)
            {
                await agent.RunAsync("Book.");
                var activity = source.StartActivity("nothing of ours");
            }
            void Give(Activity? activity) => activity?.Dispose();
        }
        """,
        references: References.AgentFramework);
}
