using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class NativeNamesTests
{
    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("google", "gcp.gen_ai")]
    [InlineData("mistralai", "mistral_ai")]
    [InlineData("az.ai.inference", "azure.ai.inference")]
    [InlineData("acme", "acme")]
    public void System_Legacy_BecomesProvider(string system, string provider)
    {
        Activity span = Record(Frameworks.SemanticKernelDiagnostics, "chat m", (GenAiAttributes.LegacySystem, system));

        Assert.Equal(provider, span.GetTagItem(GenAiAttributes.ProviderName));
        Assert.Null(span.GetTagItem(GenAiAttributes.LegacySystem));
    }

    [Fact]
    public void System_BesideProvider_ProviderHolds()
    {
        Activity span = Record(
            Frameworks.ExtensionsAI, "chat m", (GenAiAttributes.LegacySystem, "openai"), (GenAiAttributes.ProviderName, "azure.ai.openai"));

        Assert.Equal("azure.ai.openai", span.GetTagItem(GenAiAttributes.ProviderName));
    }

    [Theory]
    [InlineData("gen_ai.response.finish_reason", """["Stop"]""", "stop")]
    [InlineData("gen_ai.response.finish_reason", """["ToolCalls","N/A"]""", "tool_calls")]
    [InlineData("finish_reason", "STOP", "stop")]
    [InlineData("gen_ai.response.finish_reasons", """["length"]""", "length")]
    [InlineData("gen_ai.response.finish_reasons", "[broken", "[broken")]
    public void FinishReason_Text_BecomesArray(string key, string text, string reason)
    {
        Activity span = Record(Frameworks.SemanticKernelDiagnostics, "chat m", (key, text));

        Assert.Equal(new[] { reason }, span.GetTagItem(GenAiAttributes.ResponseFinishReasons));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Key.EndsWith("finish_reason", StringComparison.Ordinal));
    }

    [Fact]
    public void FinishReason_NotKnown_IsLeftOut()
    {
        Activity span = Record(Frameworks.SemanticKernelDiagnostics, "chat m", ("gen_ai.response.finish_reason", """["N/A"]"""));

        Assert.Equal([GenAiAttributes.OperationName], span.TagObjects.Select(tag => tag.Key));
    }

    [Theory]
    [InlineData("invoke_agent Writer(a1)", null, null, "invoke_agent Writer", "Writer", "a1")]
    [InlineData("invoke_agent Writer(a1)", "Writer", "a1", "invoke_agent Writer", "Writer", "a1")]
    [InlineData("invoke_agent Writer(a1)", "Writer(a1)", "a1", "invoke_agent Writer", "Writer", "a1")]
    [InlineData("invoke_agent Writer (v2)(a1)", "Writer (v2)", "a1", "invoke_agent Writer (v2)", "Writer (v2)", "a1")]
    [InlineData("invoke_agent a1", null, "a1", "invoke_agent", null, "a1")]
    public void Agent_OfAgentFramework_NameAndIdArePulledApart(
        string spanName, string? name, string? id, string expectedSpan, string? expectedName, string? expectedId)
    {
        Activity span = Record(Frameworks.AgentFramework, spanName, (GenAiAttributes.AgentName, name), (GenAiAttributes.AgentId, id));

        Assert.Equal(expectedSpan, span.DisplayName);
        Assert.Equal(expectedName, span.GetTagItem(GenAiAttributes.AgentName));
        Assert.Equal(expectedId, span.GetTagItem(GenAiAttributes.AgentId));
    }

    [Fact]
    public void Agent_OfSemanticKernel_KeepsItsBrackets()
    {
        Activity span = Record(Frameworks.SemanticKernelDiagnostics, "invoke_agent Writer(v2)", (GenAiAttributes.AgentName, "Writer(v2)"));

        Assert.Equal("invoke_agent Writer(v2)", span.DisplayName);
        Assert.Null(span.GetTagItem(GenAiAttributes.AgentId));
    }

    [Fact]
    public void Span_OfNoKnownOperation_StaysAsItIs()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.Workflows.StartActivity("workflow.session")?.SetTag("workflow.id", "w").Dispose();

        Activity span = recorder["workflow.session"];
        Assert.Equal([new("workflow.id", "w")], span.TagObjects);
    }

    private static Activity Record(ActivitySource source, string name, params (string Key, object? Value)[] tags)
    {
        using Recorder recorder = Recorder.Start();
        using (Activity? span = source.StartActivity(name))
        {
            span!.SetTag(GenAiAttributes.OperationName, name.Split(' ')[0]);
            foreach ((string key, object? value) in tags)
                if (value is not null)
                    span.SetTag(key, value);
            if (name == "chat m")
                span.DisplayName = "to be named";
        }

        Activity recorded = Assert.Single(recorder.Spans);
        if (name == "chat m")
            Assert.Equal("chat", recorded.DisplayName);
        return recorded;
    }
}
