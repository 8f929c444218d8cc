using System.Diagnostics;
using AgentTrace.SpanKit;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentTrace.Generators.Tests;

public sealed class KernelAgentTests
{
    [Theory]
    [InlineData("await foreach (var m in agent.InvokeAsync()) { }")]
    [InlineData("await foreach (var m in agent.InvokeAsync(\"hi\")) { }")]
    [InlineData("await foreach (var m in agent.InvokeAsync(new ChatMessageContent(AuthorRole.User, \"hi\"))) { }")]
    [InlineData("await foreach (var m in agent.InvokeAsync(new[] { new ChatMessageContent(AuthorRole.User, \"hi\") })) { }")]
    [InlineData("await foreach (var m in agent.InvokeAsync(message: \"hi\", cancellationToken: default)) { }")]
    [InlineData("await foreach (var m in agent?.InvokeAsync(\"hi\")) { }")]
    [InlineData("await foreach (var m in agent!.InvokeAsync(\"hi\").WithCancellation(default)) { }")]
    [InlineData("await foreach (var m in ((Agent)agent).InvokeAsync(\"hi\")) { }")]
    [InlineData("Func<IAsyncEnumerable<AgentResponseItem<ChatMessageContent>>> call = () => agent.InvokeAsync(\"hi\"); await foreach (var m in call()) { }")]
    [InlineData("await foreach (var m in agent.InvokeStreamingAsync()) { }")]
    [InlineData("await foreach (var m in agent.InvokeStreamingAsync(\"hi\")) { }")]
    [InlineData("await foreach (var m in agent.InvokeStreamingAsync(new ChatMessageContent(AuthorRole.User, \"hi\"))) { }")]
    [InlineData("await foreach (var m in agent.InvokeStreamingAsync(new[] { new ChatMessageContent(AuthorRole.User, \"hi\") })) { }")]
    [InlineData("await Generic(agent);")]
    public async Task InvokeAsync_EveryOverloadAndShapeOfCall_IsOneTurn(string call)
    {
        using var spans = new RecordedSpans();
        GeneratedApp app = GeneratedApp.Build(CustomAgent.App(call, """
            private static async Task Generic<T>(T agent) where T : Agent { await foreach (var m in agent.InvokeAsync("hi")) { } }
            """));

        await app.RunAsync();

        Assert.Equal("invoke_workflow Echo\n  invoke_agent Echo", spans.Tree);
        Assert.Empty(app.ProblemsOfTheGlue);
    }

    [Fact]
    public async Task InvokeAsync_ContentIsAskedFor_InputAndOutputAreInTheTurn()
    {
        using var spans = new RecordedSpans(content: true);

        await GeneratedApp.Build(CustomAgent.App("""
            await foreach (var m in agent.InvokeAsync("hi")) { }
            await foreach (var m in agent.InvokeStreamingAsync("hi")) { }
            """)).RunAsync();

        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""", spans.Turns[0].GetTagItem("gen_ai.input.messages"));
        Assert.Equal("""[{"role":"assistant","name":"Echo","parts":[{"type":"text","content":"echo hi"}],"finish_reason":"stop"}]""", spans.Turns[0].GetTagItem("gen_ai.output.messages"));
        Assert.Equal("""[{"role":"assistant","name":"Echo","parts":[{"type":"text","content":"echo"}],"finish_reason":"stop"}]""", spans.Turns[1].GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task InvokeAsync_ContentIsNotAskedFor_NothingOfItIsWritten()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("await foreach (var m in agent.InvokeAsync(\"secret\")) { }")).RunAsync();

        Assert.DoesNotContain(spans.All.SelectMany(span => span.TagObjects), tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeAsync_SeveralTurnsOnOneThread_AreOneTraceInOrder()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("""
            AgentThread thread = null;
            await foreach (var m in agent.InvokeAsync("one")) { thread = m.Thread; }
            await foreach (var m in agent.InvokeAsync("two", thread)) { }
            await foreach (var m in agent.InvokeStreamingAsync("three", thread)) { }
            await foreach (var m in agent.InvokeAsync("another conversation")) { }
            """)).RunAsync();

        Assert.Equal(2, spans.Traces);
        Assert.Equal("invoke_workflow Echo\n  invoke_agent Echo\n  invoke_agent Echo\n  invoke_agent Echo\ninvoke_workflow Echo\n  invoke_agent Echo", spans.Tree);
        Assert.Equal([0, 1, 2, 0], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
        Assert.All(spans.Turns, turn => Assert.Null(turn.GetTagItem("gen_ai.conversation.id")));
    }

    [Fact]
    public async Task InvokeAsync_InsideARunOfTheApp_TurnsHangUnderIt()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("""
            using (AgentTrace.AgentRun.Start("desk"))
            {
                await foreach (var m in agent.InvokeAsync("one")) { }
                await foreach (var m in agent.InvokeStreamingAsync("two")) { }
            }
            """)).RunAsync();

        Assert.Equal("invoke_workflow desk\n  invoke_agent Echo\n  invoke_agent Echo", spans.Tree);
    }

    [Fact]
    public async Task InvokeAsync_AgentThrows_TurnAndRunAreErrorsWithTheException()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("""
            agent.Error = new InvalidOperationException("no more");
            try { await foreach (var m in agent.InvokeAsync("hi")) { } }
            catch (InvalidOperationException) { return; }
            throw new Exception("the agent's exception did not come through");
            """)).RunAsync();

        Assert.Equal("invoke_workflow Echo !\n  invoke_agent Echo !", spans.Tree);
        Activity turn = Assert.Single(spans.Turns);
        Assert.Equal("System.InvalidOperationException", turn.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(turn.Events).Name);
    }

    [Fact]
    public async Task InvokeStreamingAsync_CallerBreaksOff_TurnIsAbandoned()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("await foreach (var m in agent.InvokeStreamingAsync(\"hi\")) { break; }")).RunAsync();

        Assert.Equal("abandoned", Assert.Single(spans.Turns).GetTagItem("agenttrace.turn.outcome"));
    }

    [Fact]
    public async Task InvokeAsync_OverrideRenamesItsParameters_GlueStillCompiles()
    {
        using var spans = new RecordedSpans();

        await GeneratedApp.Build(CustomAgent.App("await foreach (var m in new Odd { Name = \"Odd\" }.InvokeAsync(new List<ChatMessageContent>())) { }") + """

            internal sealed class Odd : EchoAgent
            {
                public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> receiver,
                    AgentThread start = null, AgentInvokeOptions exception = null, CancellationToken @class = default) => base.InvokeAsync(receiver, start, exception, @class);
            }
            """).RunAsync();

        Assert.Single(spans.Turns);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)]
    public async Task Glue_UnderEachLanguageVersion_CompilesWithoutWarningsAndRuns(LanguageVersion version)
    {
        foreach (bool nullable in new[] { false, true })
        {
            using var spans = new RecordedSpans();
            GeneratedApp app = GeneratedApp.Build(CustomAgent.App("await foreach (var m in agent.InvokeAsync(\"hi\")) { }"), version, nullable);

            await app.RunAsync();

            Assert.Empty(app.ProblemsOfTheGlue);
            Assert.Single(spans.Turns);
        }
    }
}
