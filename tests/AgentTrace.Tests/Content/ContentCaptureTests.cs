using System.Text.Json;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.Content;

[Collection(ProcessWide.Name)]
public sealed class ContentCaptureTests
{
    private const string Turn = "invoke_agent A";

    [Fact]
    public void SetInput_LongText_IsCutMarkedAndCounted()
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 10);

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput("0123456789abcdef");
            turn.SetOutput("0123456789");
        }

        Assert.Equal("0123456789…[truncated 6 chars]", Text(recorder, GenAiAttributes.InputMessages, 0));
        Assert.Equal("0123456789", Text(recorder, GenAiAttributes.OutputMessages, 0));
        Assert.Equal(6L, recorder[Turn].GetTagItem(AgentTraceAttributes.ContentTruncated));
    }

    [Fact]
    public void SetInput_NothingCut_WritesNoCount()
    {
        using Recorder recorder = Recorder.WithContent();

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput("short");

        Assert.Null(recorder[Turn].GetTagItem(AgentTraceAttributes.ContentTruncated));
    }

    [Fact]
    public void SetInput_OneLongAndShortMessages_CutsOnlyTheLong()
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 20);

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput([new(ChatRole.System, new string('s', 100)), new(ChatRole.User, "hi"), new(ChatRole.User, "8 chars.")]);

        Assert.Equal("ssssssssss…[truncated 90 chars]", Text(recorder, GenAiAttributes.InputMessages, 0));
        Assert.Equal("hi", Text(recorder, GenAiAttributes.InputMessages, 1));
        Assert.Equal("8 chars.", Text(recorder, GenAiAttributes.InputMessages, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void SetInput_AnyLimit_JsonStaysValid(int limit)
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = limit);

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput(
            [
                new(ChatRole.User, "\"quoted\" \\ \n 😀😀😀"),
                new(ChatRole.Assistant, [new FunctionCallContent("c", "t", new Dictionary<string, object?> { ["a"] = "b", ["odd"] = new Unknown(), ["none"] = null })]),
            ]);
        }

        JsonElement messages = Recorder.Json(recorder[Turn], GenAiAttributes.InputMessages);
        Assert.Equal(2, messages.GetArrayLength());
        JsonElement arguments = messages[1].GetProperty("parts")[0].GetProperty("arguments");
        Assert.Equal(limit == int.MaxValue ? JsonValueKind.Object : JsonValueKind.String, arguments.ValueKind);
    }

    [Fact]
    public void SetInput_CutInsideSurrogatePair_KeepsNoHalf()
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 3);

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput("ab😀cd");

        Assert.Equal("ab…[truncated 4 chars]", Text(recorder, GenAiAttributes.InputMessages, 0));
    }

    [Fact]
    public void SetInput_VeryLongText_CountsEveryMissingCharacter()
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 100);

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput(new string('x', 1_000_000));

        Assert.Equal(new string('x', 100) + "…[truncated 999900 chars]", Text(recorder, GenAiAttributes.InputMessages, 0));
    }

    [Fact]
    public void SetInput_SecretAcrossTheCut_DoesNotShow()
    {
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = 20);

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput("token: sk-abcdefghijklmnopqrstuvwxyz0123456789" + new string(' ', 20_000) + "sk-zyxwvutsrqponm");

        Assert.DoesNotContain("sk-", (string)recorder[Turn].GetTagItem(GenAiAttributes.InputMessages)!, StringComparison.Ordinal);
    }

    [Fact]
    public void SetInput_ManySecretsThenOneOnTheReadingEdge_DoesNotShow()
    {
        const int limit = 100;
        const int margin = 8192;
        using Recorder recorder = Recorder.WithContent(options => options.MaxContentCharacters = limit);
        // Redacting shrinks what was read so much that its end, where a secret is cut in two, moves into the budget.
        string text = string.Concat(Enumerable.Repeat("sk-" + new string('a', 2000) + " ", 5));
        text = text[..(limit + margin - 8)] + " sk-abcdefghijklmnop";

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput(text);

        Assert.DoesNotContain("sk-", (string)recorder[Turn].GetTagItem(GenAiAttributes.InputMessages)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_SecretInArguments_JsonStaysJson()
    {
        using Recorder recorder = Recorder.WithContent();

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetOutput([new(ChatRole.Assistant, [new FunctionCallContent("c", "login", new Dictionary<string, object?> { ["password"] = "x", ["api_key"] = 7 })])]);

        string messages = (string)recorder[Turn].GetTagItem(GenAiAttributes.OutputMessages)!;
        Assert.Equal("[redacted]", JsonDocument.Parse(messages).RootElement[0].GetProperty("parts")[0].GetProperty("arguments") switch
        {
            { ValueKind: JsonValueKind.Object } arguments => arguments.GetProperty("password").GetString(),
            var other => other.ToString().Split('"')[3],
        });
        Assert.DoesNotContain("7", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_RedactorThrows_DropsContentAndWarns()
    {
        using Recorder recorder = Recorder.WithContent(options => options.Redactor = new ThrowingRedactor());
        using var log = new DiagnosticsLog();

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput("secret");
            turn.Fail(new InvalidOperationException("secret"));
        }

        Assert.Null(recorder[Turn].GetTagItem(GenAiAttributes.InputMessages));
        Assert.Equal("System.InvalidOperationException", recorder[Turn].GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Null(recorder[Turn].StatusDescription);
        Assert.Equal(3, log.Events.Count(name => name == "ContentDropped"));
    }

    [Fact]
    public void Capture_MessagesThrow_DropsContentAndWarns()
    {
        using Recorder recorder = Recorder.WithContent();
        using var log = new DiagnosticsLog();

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput("earlier");
            turn.SetInput(Enumerable.Range(0, 1).Select<int, ChatMessage>(_ => throw new InvalidOperationException("app's own bug")));
        }

        Assert.Null(recorder[Turn].GetTagItem(GenAiAttributes.InputMessages));
        Assert.Equal(["ContentDropped"], log.Events);
    }

    [Fact]
    public void Options_BadValues_Throw()
    {
        var options = new AgentTraceOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxContentCharacters = -1);
        Assert.Throws<ArgumentNullException>(() => options.Redactor = null!);
    }

    private static string? Text(Recorder recorder, string key, int message) =>
        Recorder.Json(recorder[Turn], key)[message].GetProperty("parts")[0].GetProperty("content").GetString();

    private sealed class ThrowingRedactor : IContentRedactor
    {
        public string Redact(string text) => throw new InvalidOperationException("broken redactor");
    }

    // No serializer knows what to do with a pointer to itself.
    private sealed class Unknown
    {
        public Unknown Self => this;
    }
}
