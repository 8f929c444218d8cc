using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.Configuration;

[Collection(ProcessWide.Name)]
public sealed class WiringTests
{
    private const string Variable = AgentTraceOptions.CaptureContentVariable;

    [Fact]
    public void AddAgentTraceInstrumentation_CalledTwice_AddsToTheSameOptions()
    {
        using Recorder recorder = Recorder.Wired(builder => builder
            .AddAgentTraceInstrumentation(options => options.CaptureContent = true)
            .AddAgentTraceInstrumentation()
            .AddAgentTraceInstrumentation(options => options.MaxContentCharacters = 2));

        Assert.Equal("he…[truncated 3 chars]", CapturedInput(recorder));
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public void AddAgentTraceInstrumentation_TwoNames_TheOneAddedLastHolds()
    {
        using Recorder recorder = Recorder.Wired(builder => builder
            .AddAgentTraceInstrumentation("first", options => options.CaptureContent = true)
            .AddAgentTraceInstrumentation("second", options => options.CaptureContent = false));

        Assert.Null(CapturedInput(recorder));
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public void AddAgentTraceInstrumentation_BadArguments_Throws()
    {
        TracerProviderBuilder builder = OpenTelemetry.Sdk.CreateTracerProviderBuilder();

        Assert.Throws<ArgumentNullException>("builder", () => ((TracerProviderBuilder)null!).AddAgentTraceInstrumentation());
        Assert.Throws<ArgumentNullException>("configure", () => builder.AddAgentTraceInstrumentation(null!));
        Assert.Throws<ArgumentNullException>("name", () => builder.AddAgentTraceInstrumentation(null!, _ => { }));
    }

    [Fact]
    public void Dispose_LastProvider_TheOneBeforeDecidesAgain()
    {
        using Recorder content = Recorder.WithContent();
        using (Recorder silent = Recorder.Start())
            Assert.Null(CapturedInput(silent));

        using (AgentTurn turn = AgentTurn.Start("Later"))
            turn.SetInput("hello");

        Assert.NotNull(content["invoke_agent Later"].GetTagItem(GenAiAttributes.InputMessages));
    }

    [Fact]
    public void Dispose_OlderProvider_TheLastStillDecides()
    {
        Recorder older = Recorder.WithContent();
        using Recorder newer = Recorder.Start();
        older.Dispose();

        Assert.Null(CapturedInput(newer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SubscribeToFrameworks_Set_DecidesOnTheirSpans(bool subscribe)
    {
        string[] frameworks =
        [
            ActivitySources.SemanticKernel, ActivitySources.SemanticKernelDiagnostics, ActivitySources.AgentFramework,
            ActivitySources.AgentFrameworkWorkflows, ActivitySources.ExtensionsAI,
        ];
        using Recorder recorder = Recorder.Wired(builder => builder.AddAgentTraceInstrumentation(options => options.SubscribeToFrameworks = subscribe));

        foreach (string name in frameworks)
        {
            using var source = new ActivitySource(name);
            source.StartActivity(name)?.Dispose();
        }

        Assert.Equal(subscribe ? frameworks : [], recorder.Spans.Select(span => span.DisplayName));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("SPAN_ONLY", true)]
    [InlineData(" span_and_event ", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("EVENT_ONLY", false)]
    [InlineData("NO_CONTENT", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void CaptureContent_FromConfiguration_IsTheDefault(string? value, bool captured)
    {
        using var log = new DiagnosticsLog();
        using Recorder recorder = Recorder.Wired(builder => Configured(builder, value).AddAgentTraceInstrumentation());

        Assert.Equal(captured, CapturedInput(recorder) is not null);
        Assert.Empty(log.Events);
    }

    [Fact]
    public void CaptureContent_UnknownValue_StaysOffAndWarns()
    {
        using var log = new DiagnosticsLog();
        using Recorder recorder = Recorder.Wired(builder => Configured(builder, "yes please").AddAgentTraceInstrumentation());

        Assert.Null(CapturedInput(recorder));
        Assert.Equal(["UnknownCaptureValue"], log.Events);
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public void CaptureContent_SetInCode_WinsOverConfiguration(string value, bool inCode)
    {
        using Recorder recorder = Recorder.Wired(builder => Configured(builder, value).AddAgentTraceInstrumentation(options =>
        {
            Assert.Equal(!inCode, options.CaptureContent);
            options.CaptureContent = inCode;
        }));

        Assert.Equal(inCode, CapturedInput(recorder) is not null);
    }

    [Theory]
    [InlineData("SPAN_ONLY", true)]
    [InlineData(null, false)]
    public void CaptureContent_FromEnvironment_IsTheDefault(string? value, bool captured)
    {
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, value);
        try
        {
            using Recorder recorder = Recorder.Start();
            Assert.Equal(captured, CapturedInput(recorder) is not null);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    private static TracerProviderBuilder Configured(TracerProviderBuilder builder, string? value) => builder.ConfigureServices(services =>
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new(Variable, value)]).Build()));

    private static string? CapturedInput(Recorder recorder)
    {
        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput("hello");
        return recorder["invoke_agent A"].GetTagItem(GenAiAttributes.InputMessages) is not string
            ? null
            : Recorder.Json(recorder["invoke_agent A"], GenAiAttributes.InputMessages)[0].GetProperty("parts")[0].GetProperty("content").GetString();
    }
}
