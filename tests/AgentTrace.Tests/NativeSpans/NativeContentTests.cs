using System.Diagnostics;
using System.Text.Json;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class NativeContentTests
{
    private static readonly string[] s_content =
    [
        GenAiAttributes.InputMessages, GenAiAttributes.OutputMessages, GenAiAttributes.SystemInstructions, GenAiAttributes.ToolCallArguments,
        GenAiAttributes.ToolCallResult, "gen_ai.tool.definitions", "gen_ai.prompt", "gen_ai.prompt.0.content", "gen_ai.completion.0.content",
        "gen_ai.event.content", "executor.input", "executor.output", "message.content",
    ];

    [Fact]
    public void Content_CaptureOff_IsStripped()
    {
        using Recorder recorder = Recorder.Start();

        using (Activity? span = Frameworks.SemanticKernelDiagnostics.StartActivity("chat m"))
        {
            foreach (string key in s_content)
                span!.SetTag(key, "hunter2");
            span!.SetTag("gen_ai.prompt_name", "greeting").SetTag(GenAiAttributes.UsageInputTokens, 3);
        }

        Assert.Equal(["gen_ai.prompt_name", GenAiAttributes.UsageInputTokens], Assert.Single(recorder.Spans).TagObjects.Select(tag => tag.Key));
    }

    [Fact]
    public void KernelAgent_StreamedWithCaptureOff_LeaksNothing()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("Writer", streamed: true);
        using (AgentTurn.Start("Editor"))
            Frameworks.KernelAgent("Editor", streamed: true);

        Assert.Equal(["invoke_agent Writer", "invoke_agent Editor"], SpanTree.Of(recorder.Spans));
        Assert.All(recorder.Spans, span => Assert.Null(span.GetTagItem(GenAiAttributes.OutputMessages)));
    }

    [Fact]
    public void KernelMessages_CaptureOn_TakeTheConventionsShapeWithoutSecrets()
    {
        const string messages = """
            [{"role":"system","name":null,"content":"be brief","tool_calls":[]},
             {"role":"assistant","name":"Writer","content":null,"tool_calls":
               [{"id":"c1","function":{"name":"search","arguments":{"q":"x","password":"hunter2"}},"type":"function"}]},
             {"role":"tool","content":"found; password=hunter2"}]
            """;

        Assert.Equal(
            """[{"role":"system","parts":[{"type":"text","content":"be brief"}]},"""
            + """{"role":"assistant","name":"Writer","parts":[{"type":"tool_call","id":"c1","name":"search","arguments":{"q":"x","password":"[redacted]"}}],"finish_reason":"tool_call"},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","response":"found; password=[redacted]"}]}]""",
            Captured(GenAiAttributes.InputMessages, messages));
    }

    [Fact]
    public void PartsMessages_CaptureOn_KeepTheirShapeWithoutSecrets()
    {
        const string messages = """
            [{"role":"assistant","name":"W","finish_reason":"stop","parts":[
              {"type":"text","content":"password=hunter2"},{"type":"tool_call","id":"c1","name":"f","arguments":{"token":1}},
              {"type":"tool_call_response","id":"c1","result":[1,2]},{"type":"blob","modality":"image","mime_type":"image/png","content":"AAAA"},
              {"type":"uri","modality":"image","uri":"https://u:hunter2@h/x"}]}]
            """;

        Assert.Equal(
            """[{"role":"assistant","name":"W","parts":[{"type":"text","content":"password=[redacted]"},"""
            + """{"type":"tool_call","id":"c1","name":"f","arguments":{"token":1}},{"type":"tool_call_response","id":"c1","response":[1,2]},"""
            + """{"type":"blob","modality":"image","mime_type":"image/png","content":""},"""
            + """{"type":"uri","modality":"image","uri":"https://u:[redacted]@h/x"}],"finish_reason":"stop"}]""",
            Captured(GenAiAttributes.OutputMessages, messages));
    }

    [Theory]
    [InlineData(GenAiAttributes.InputMessages, "plain; password=hunter2", "plain; password=[redacted]")]
    [InlineData(GenAiAttributes.InputMessages, "[1,2]", "[1,2]")]
    [InlineData(GenAiAttributes.SystemInstructions, """[{"type":"text","content":"api_key=abc"}]""", """[{"type":"text","content":"api_key=[redacted]"}]""")]
    [InlineData(GenAiAttributes.ToolCallArguments, """{"password":"hunter2"}""", """{"password":"[redacted]"}""")]
    [InlineData("gen_ai.completion.0.content", "password=hunter2", "password=[redacted]")]
    public void Content_CaptureOn_IsRedacted(string key, string written, string expected) => Assert.Equal(expected, Captured(key, written));

    [Fact]
    public void Content_CaptureOn_IsHeldToTheBudgetOnce()
    {
        using Recorder other = Recorder.WithContent(options => options.MaxContentCharacters = 5);
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 5);

        Frameworks.Tool("t", inside: span => span!
            .SetTag(GenAiAttributes.ToolCallResult, "0123456789")
            .SetTag(GenAiAttributes.InputMessages, """[{"role":"user","content":"abcdefgh"},{"role":"user","content":"x"}]"""));

        Activity tool = recorder["execute_tool t"];
        Assert.Equal("01234…[truncated 5 chars]", tool.GetTagItem(GenAiAttributes.ToolCallResult));
        JsonElement messages = Recorder.Json(tool, GenAiAttributes.InputMessages);
        Assert.Equal("abcd…[truncated 4 chars]", messages[0].GetProperty("parts")[0].GetProperty("content").GetString());
        Assert.Equal("x", messages[1].GetProperty("parts")[0].GetProperty("content").GetString());
        Assert.Equal(9L, tool.GetTagItem(AgentTraceAttributes.ContentTruncated));
    }

    [Fact]
    public void Content_RedactorThrows_IsDroppedAndTheSpanGoesOut()
    {
        using var log = new DiagnosticsLog();
        using Recorder recorder = Recorder.WithContent(options => options.Redactor = new BrokenRedactor());

        Frameworks.Tool("t", inside: span => span!.SetTag(GenAiAttributes.ToolCallResult, "hunter2"));

        Assert.Null(recorder["execute_tool t"].GetTagItem(GenAiAttributes.ToolCallResult));
        Assert.Equal(["ContentDropped"], log.Events);
    }

    [Fact]
    public void Events_WithContentWhileCaptureIsOff_AreReportedBecauseTheyCannotBeTakenOff()
    {
        using var log = new DiagnosticsLog();
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelChat(inside: () => Activity.Current!.AddEvent(
            new ActivityEvent("gen_ai.user.message", tags: new ActivityTagsCollection { ["gen_ai.event.content"] = "{}" })));
        Frameworks.KernelChat(inside: () => Activity.Current!.AddEvent(new ActivityEvent("first_token")));

        Assert.Equal(["ContentInEvents"], log.Events);
        Assert.Equal("gen_ai.user.message", Assert.Single(recorder.Spans[0].Events).Name);
    }

    private static string? Captured(string key, string text)
    {
        using Recorder recorder = Recorder.WithContent();
        using (Activity? span = Frameworks.SemanticKernelDiagnostics.StartActivity("chat m"))
            span!.SetTag(key, text);
        return (string?)Assert.Single(recorder.Spans).GetTagItem(key);
    }

    private sealed class BrokenRedactor : IContentRedactor
    {
        public string Redact(string text) => throw new InvalidOperationException("broken redactor");
    }
}
