using System.Collections.Concurrent;
using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class NativeWiringTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Processor_AddedBeforeOrAfter_SeesWhatHasBeenNormalised(bool before)
    {
        var ends = new EndRecorder();
        using (Recorder.Wired(builder =>
        {
            if (before)
                builder.AddProcessor(ends);
            builder.AddAgentTraceInstrumentation();
            if (!before)
                builder.AddProcessor(ends);
        }))
        {
            Frameworks.KernelAgent("A", () => Frameworks.KernelChat(fails: new TimeoutException("late")), streamed: true);
        }

        Assert.Equal(
            [
                "chat gpt-5 Error recorded: gen_ai.operation.name,gen_ai.request.model,error.type,gen_ai.provider.name",
                "invoke_agent A Error recorded: gen_ai.operation.name,gen_ai.agent.id,gen_ai.agent.name,gen_ai.agent.description,error.type",
            ],
            ends.Seen);
    }

    [Fact]
    public void Processor_OfAFoldedSpan_SeesThatItIsNotRecorded()
    {
        var ends = new EndRecorder();
        using (Recorder.Wired(builder => builder.AddProcessor(ends).AddAgentTraceInstrumentation()))
        using (AgentTurn.Start("A"))
            Frameworks.KernelAgent("A");

        Assert.StartsWith("invoke_agent A Unset dropped", ends.Seen[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Provider_BuiltEarlier_ExportsNoFoldedSpanButSeesTheRestTooEarly()
    {
        var ends = new EndRecorder();
        using TracerProvider? earlier = Sdk.CreateTracerProviderBuilder()
            .AddSource(ActivitySources.SemanticKernelDiagnostics).AddProcessor(ends).Build();
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("A"))
            Frameworks.KernelAgent("A", () => Frameworks.KernelChat());

        Assert.Equal(
            [
                "chat gpt-5 Unset recorded: gen_ai.operation.name,gen_ai.system,gen_ai.request.model,"
                    + "gen_ai.usage.input_tokens,gen_ai.usage.output_tokens,gen_ai.response.finish_reason",
                "invoke_agent A Unset dropped: gen_ai.operation.name,gen_ai.agent.id,gen_ai.agent.name,gen_ai.agent.description,gen_ai.tool.definitions",
            ],
            ends.Seen);
        Assert.Equal(["invoke_agent A", "  chat gpt-5"], SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void Dispose_OneOfTwoProviders_TheOtherGoesOn()
    {
        using Recorder second = Recorder.Start();
        using (Recorder.Start())
        {
        }

        using (AgentTurn.Start("A"))
            Frameworks.KernelAgent("A");

        Assert.Equal(["invoke_agent A"], SpanTree.Of(second.Spans));
    }

    [Fact]
    public void Span_StartedUnderOneProviderAndEndedUnderAnother_IsNormalised()
    {
        Recorder first = Recorder.Start();
        using Recorder second = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Activity current = Activity.Current!;
            Activity.Current = null;
            first.Dispose();
            Activity.Current = current;
        }, streamed: true);

        Assert.Null(second["invoke_agent A"].GetTagItem(GenAiAttributes.OutputMessages));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Options_SwitchedOff_LeaveNativeSpansAlone(bool subscribe, bool normalize)
    {
        using Recorder recorder = Recorder.Wired(builder => builder
            .AddSource(ActivitySources.SemanticKernelDiagnostics)
            .AddAgentTraceInstrumentation(options =>
            {
                options.SubscribeToFrameworks = subscribe;
                options.NormalizeNativeSpans = normalize;
            }));

        using (AgentTurn.Start("A"))
            Frameworks.KernelAgent("A", () => Frameworks.KernelChat(), streamed: true);

        Assert.Equal(["invoke_agent A", "  invoke_agent A", "    chat gpt-5"], SpanTree.Of(recorder.Spans));
        Assert.Equal("google", recorder["chat gpt-5"].GetTagItem(GenAiAttributes.LegacySystem));
        Assert.Contains(recorder.Spans, span => span.GetTagItem(GenAiAttributes.OutputMessages) is not null);
    }

    [Fact]
    public void Span_OfTheAppsOwnSource_IsNeverTouched()
    {
        using var source = new ActivitySource("App.Own");
        using Recorder recorder = Recorder.Wired(builder => builder.AddSource("App.Own").AddAgentTraceInstrumentation());

        using (AgentTurn.Start("A"))
        using (source.StartActivity("invoke_agent A", ActivityKind.Internal, default(ActivityContext),
            [new(GenAiAttributes.OperationName, "invoke_agent"), new(GenAiAttributes.OutputMessages, "mine"), new(GenAiAttributes.LegacySystem, "google")]))
        {
        }

        Assert.Equal(["invoke_agent A", "  invoke_agent A"], SpanTree.Of(recorder.Spans));
        Assert.Equal("mine", recorder.Spans[0].GetTagItem(GenAiAttributes.OutputMessages));
        Assert.Equal("google", recorder.Spans[0].GetTagItem(GenAiAttributes.LegacySystem));
    }

    [Fact]
    public void Span_OfTheAppsOwnSource_AllocatesNoMore()
    {
        using var source = new ActivitySource("App.Own");

        long Allocated(bool normalize)
        {
            using TracerProvider? provider = Sdk.CreateTracerProviderBuilder()
                .AddSource("App.Own").AddAgentTraceInstrumentation(options => options.NormalizeNativeSpans = normalize).Build();
            source.StartActivity("GET")?.Dispose();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                source.StartActivity("GET")?.Dispose();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(Allocated(normalize: false), Allocated(normalize: true));
    }

    [Fact]
    public void Span_OfAnUnsampledTrace_IsLeftAlone()
    {
        using Recorder recorder = Recorder.Wired(builder => builder.AddAgentTraceInstrumentation().SetSampler(new AlwaysOffSampler()));

        using (AgentRun.Start("desk"))
            Frameworks.KernelAgent("A", () => Frameworks.KernelChat(), streamed: true);

        Assert.Empty(recorder.Spans);
    }

    /// <summary>Writes down what a processor sees at the moment a span ends.</summary>
    private sealed class EndRecorder : BaseProcessor<Activity>
    {
        private readonly ConcurrentQueue<string> _seen = new();

        public string[] Seen => [.. _seen];

        public override void OnEnd(Activity data) => _seen.Enqueue(
            $"{data.DisplayName} {data.Status} {(data.Recorded ? "recorded" : "dropped")}: {string.Join(',', data.TagObjects.Select(tag => tag.Key))}");
    }
}
