using System.Diagnostics;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Interop;

/// <summary>Held to the official OpenTelemetry JavaScript exporters; <c>tests/run</c> installs them where npm is.</summary>
public sealed class JavaScriptExporterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> StylesAndExporters()
    {
        var data = new TheoryData<string, string>();
        foreach (string style in ProducerStyles.All)
        {
            foreach (string exporter in (string[])["grpc", "proto", "http"])
                data.Add(style, exporter);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(StylesAndExporters))]
    public async Task Run_SentByTheOfficialExporter_ArrivesByteForByteAndIsAttributed(string style, string exporter)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(ProducerStyles.Folder, "node_modules")),
            $"The JavaScript exporters are not installed: run npm ci in {ProducerStyles.Folder}.");
        await using OtlpSink direct = await OtlpSink.StartAsync(Cancel);
        await using RunningCollector collector = exporter == "grpc" ? await RunningCollector.OverGrpcAsync() : await RunningCollector.OverHttpAsync();

        // The same spans by the same exporter, once past the collector: what it sends is what must arrive.
        string[] endpoints = exporter == "grpc"
            ? [direct.GrpcAddress.ToString(), collector.Host.GrpcAddress.ToString()]
            : [new Uri(direct.HttpAddress, "/v1/traces").ToString(), new Uri(collector.Host.HttpAddress, "/v1/traces").ToString()];
        await SendAsync([style, exporter, .. endpoints]);

        ReceivedSignal verdict = await collector.Sink.WaitForSignalAsync(signal => signal.Signal == "logs", Cancel);
        ReceivedRequest sent = Assert.Single(direct.Requests), came = collector.Sink.Requests[0];
        Assert.Equal(sent.ContentType, came.ContentType);
        Assert.Equal(sent.Body, came.Body);
        Assert.Equal(exporter == "http", sent.IsJson);
        LogRecord record = LogsRequest.Parser.ParseFrom(verdict.Body).ResourceLogs[0].ScopeLogs[0].LogRecords[0];
        Assert.Equal("Hotels", record.Attributes.Single(a => a.Key == "agenttrace.attribution.agent").Value.StringValue);
        Assert.Equal("tool_error", record.Attributes.Single(a => a.Key == "agenttrace.attribution.category").Value.StringValue);
    }

    private static async Task SendAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["send.mjs", .. arguments]) { WorkingDirectory = ProducerStyles.Folder, RedirectStandardError = true };
        using Process node = Process.Start(start)!;
        string error = await node.StandardError.ReadToEndAsync(Cancel);
        await node.WaitForExitAsync(Cancel);
        Assert.True(node.ExitCode == 0, $"node send.mjs {string.Join(' ', arguments)} ended with {node.ExitCode}: {error}");
    }
}
