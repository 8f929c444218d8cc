using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.Recording;

/// <summary>A real tracer provider with AgentTrace wired in, and the spans that came out of it.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly CollectingExporter _exporter = new();
    private readonly TracerProvider _provider;

    private Recorder(Action<TracerProviderBuilder> wire)
    {
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder();
        wire(builder);
        _provider = builder.AddProcessor(new SimpleActivityExportProcessor(_exporter)).Build();
    }

    public static Recorder Start() => new(static builder => builder.AddAgentTraceInstrumentation());

    public static Recorder WithContent(Action<AgentTraceOptions>? configure = null) => Wired(builder => builder.AddAgentTraceInstrumentation(options =>
    {
        options.CaptureContent = true;
        configure?.Invoke(options);
    }));

    public static Recorder Wired(Action<TracerProviderBuilder> wire) => new(wire);

    public IReadOnlyList<Activity> Spans => _exporter.Spans;

    public Activity this[string name] => Assert.Single(Spans, span => span.DisplayName == name);

    public IReadOnlyList<Activity> All(string name) => [.. Spans.Where(span => span.DisplayName == name)];

    /// <summary>Reads an attribute as JSON; fails the test when it is absent or invalid.</summary>
    public static JsonElement Json(Activity span, string key)
    {
        string text = Assert.IsType<string>(span.GetTagItem(key));
        return JsonDocument.Parse(text).RootElement;
    }

    public void Dispose()
    {
        _provider.Dispose();
        Assert.Null(Activity.Current);
    }
}
