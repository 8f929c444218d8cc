using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<RunHasNoOutcomeRule, EmptyCodeFixProvider>;

public sealed class RunHasNoOutcomeTests
{
    [Theory]
    [InlineData("using AgentRun run = AgentRun.[|Start|](\"desk\"); run.SetInput(\"hi\"); Console.WriteLine(run.Activity?.TraceId);")]
    [InlineData("using (AgentRun run = AgentRun.[|Start|](\"desk\")) { run.SetOutput(\"hi\"); }")]
    [InlineData("using (AgentRun.[|Start|](\"desk\")) { Console.WriteLine(); }")]
    [InlineData("AgentRun? run = AgentRun.[|Start|](\"desk\"); run?.Dispose();")]
    [InlineData("AgentRun.[|Start|](\"desk\");")]
    [InlineData("using var run = AgentRun.[|Start|](\"desk\"); Console.WriteLine(run.Activity!.TraceId.ToHexString());")]
    public Task OutcomeIsNeverRecorded_IsReported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("using AgentRun run = AgentRun.Start(\"desk\"); run.Succeed();")]
    [InlineData("using var run = AgentRun.Start(\"desk\"); try { Console.WriteLine(); } catch (Exception e) { run.Fail(e); }")]
    [InlineData("AgentRun? run = AgentRun.Start(\"desk\"); run?.Fail(\"no\");")]
    [InlineData("using var run = AgentRun.Start(\"desk\"); Action done = () => run.Succeed();")]
    [InlineData("using var run = AgentRun.Start(\"desk\"); Judge(run);")]
    [InlineData("_run = AgentRun.Start(\"desk\");")]
    [InlineData("var run = AgentRun.Start(\"desk\"); _run = run;")]
    [InlineData("using var run = AgentRun.Start(\"desk\"); run.Activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);")]
    [InlineData("using var run = AgentRun.Start(\"desk\"); run.Activity!.DisplayName = \"other\";")]
    [InlineData("using (AgentRun.Start(\"desk\")) { AgentRun.Current?.Succeed(); }")]
    [InlineData("System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew(); watch.Start();")]
    public Task OutcomeIsRecordedOrTheRunHandedOn_IsFine(string body) => VerifyAsync(body);

    private static Task VerifyAsync(string body) => Rule.VerifyAsync(
        $$"""
        using AgentTrace;
        class Desk
        {
            AgentRun? _run;
            void Judge(AgentRun run) { }
            void Run()
            {
                {{body}}
            }
        }
        """);
}
