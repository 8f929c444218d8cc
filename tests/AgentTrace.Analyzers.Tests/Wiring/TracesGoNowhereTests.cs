using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<TracesGoNowhereRule, AddExporterFix>;

public sealed class TracesGoNowhereTests
{
    [Fact]
    public Task ChainWithoutExporter_IsReportedAndGetsOne() => Rule.VerifyAsync(
        """
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class Desk
        {
            void Run()
            {
                using var tracing = Sdk.CreateTracerProviderBuilder()
                    .AddSource("Mine")
                    .AddAgentTraceInstrumentation()
                    .[|Build|]();
                using var other = Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation(o => o.CaptureContent = true).SetSampler(new AlwaysOnSampler()).[|Build|]();
            }
        }
        """,
        """
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class Desk
        {
            void Run()
            {
                using var tracing = Sdk.CreateTracerProviderBuilder()
                    .AddSource("Mine")
                    .AddAgentTraceInstrumentation()
                    .AddOtlpExporter()
                    .Build();
                using var other = Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation(o => o.CaptureContent = true).SetSampler(new AlwaysOnSampler()).AddOtlpExporter().Build();
            }
        }
        """);

    [Theory]
    [InlineData("SetSampler(new AlwaysOffSampler())")]
    [InlineData("SetSampler<AlwaysOffSampler>()")]
    public Task SamplerThatDropsAll_IsReported(string sampler) => Rule.VerifyAsync(
        $$"""
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class Desk
        {
            TracerProvider Make() => Sdk.CreateTracerProviderBuilder().{{sampler.Replace("SetSampler", "[|SetSampler|]", StringComparison.Ordinal)}}.AddAgentTraceInstrumentation().AddOtlpExporter().Build();
            void Configure(TracerProviderBuilder tracing) => tracing.AddAgentTraceInstrumentation().{{sampler.Replace("SetSampler", "[|SetSampler|]", StringComparison.Ordinal)}};
        }
        """);

    [Theory]
    [InlineData("Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().AddOtlpExporter().Build()")]
    [InlineData("Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().AddProcessor(processor).Build()")]
    [InlineData("Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().AddMine().Build()")]
    [InlineData("Sdk.CreateTracerProviderBuilder().AddSource(\"Mine\").Build()")]
    [InlineData("builder.AddAgentTraceInstrumentation().Build()")]
    [InlineData("Sdk.CreateTracerProviderBuilder().SetSampler(new AlwaysOffSampler()).Build()")]
    [InlineData("Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.1))).AddOtlpExporter().Build()")]
    public Task ExporterThatIsOrMayBeThere_IsFine(string provider) => Rule.VerifyAsync(
        $$"""
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        static class Desk
        {
            static TracerProviderBuilder AddMine(this TracerProviderBuilder builder) => builder;
            static TracerProvider Make(TracerProviderBuilder builder, BaseProcessor<Activity> processor) => {{provider}};
        }
        """);

    [Fact]
    public Task ProcessorAddedLater_IsFine() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class Desk
        {
            void Run(BaseProcessor<Activity> processor)
            {
                using TracerProvider tracing = Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().Build();
                tracing.AddProcessor(processor);
            }
        }
        """);
}
