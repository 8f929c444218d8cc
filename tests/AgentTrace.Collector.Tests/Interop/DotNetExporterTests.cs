using System.Diagnostics;
using AgentTrace.TestKit.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentTrace.Collector.Tests.Interop;

/// <summary>Held to the OTLP exporter of OpenTelemetry .NET.</summary>
public sealed class DotNetExporterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, OtlpExportProtocol> StylesAndProtocols()
    {
        var data = new TheoryData<string, OtlpExportProtocol>();
        foreach (string style in ProducerStyles.All)
        {
            data.Add(style, OtlpExportProtocol.Grpc);
            data.Add(style, OtlpExportProtocol.HttpProtobuf);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(StylesAndProtocols))]
    public async Task Run_SentByTheExporter_ArrivesByteForByteAndIsAttributed(string style, OtlpExportProtocol protocol)
    {
        bool grpc = protocol == OtlpExportProtocol.Grpc;
        await using OtlpSink direct = await OtlpSink.StartAsync(Cancel);
        await using RunningCollector collector = grpc ? await RunningCollector.OverGrpcAsync() : await RunningCollector.OverHttpAsync();
        using var source = new ActivitySource($"interop.{style}.{protocol}");
        Uri[] endpoints = grpc
            ? [direct.GrpcAddress, collector.Host.GrpcAddress]
            : [new Uri(direct.HttpAddress, "/v1/traces"), new Uri(collector.Host.HttpAddress, "/v1/traces")];
        string trace;
        using (TracerProvider provider = Provider(source, protocol, endpoints))
        {
            trace = ProducerStyles.Write(source, style);
            Assert.True(provider.Shutdown(10_000));
        }

        IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(all => all.Any(span => span.Name == "attribute_failure"), Cancel);
        Assert.Equal(Assert.Single(direct.Requests).Body, collector.Sink.Requests[0].Body);
        ReceivedSpan verdict = spans.Single(span => span.Name == "attribute_failure");
        Assert.Equal((trace, "Hotels"), (verdict.TraceId, verdict["agenttrace.attribution.agent"]!.StringValue));
    }

    private static TracerProvider Provider(ActivitySource source, OtlpExportProtocol protocol, Uri[] endpoints)
    {
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("travel", serviceInstanceId: "one"));
        foreach (Uri endpoint in endpoints)
            builder.AddProcessor(new BatchActivityExportProcessor(new OtlpTraceExporter(new OtlpExporterOptions { Protocol = protocol, Endpoint = endpoint })));
        return builder.Build();
    }
}
