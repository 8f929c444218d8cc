using AgentTrace.Content;
using AgentTrace.NativeSpans;
using OpenTelemetry.Trace;

namespace AgentTrace.Configuration;

/// <summary>
/// One name's configuration callbacks, collected while the app wires up and applied once as its tracer provider is built.
/// </summary>
internal sealed class InstrumentationRegistration(string name)
{
    private readonly List<Action<AgentTraceOptions>> _configure = [];

    public string Name => name;

    public void Add(Action<AgentTraceOptions> configure) => _configure.Add(configure);

    public void Apply(IServiceProvider services, TracerProviderBuilder builder)
    {
        var options = new AgentTraceOptions { CaptureContent = CaptureContentSwitch.Read(services) };
        foreach (Action<AgentTraceOptions> configure in _configure)
            configure(options);

        if (options.SubscribeToFrameworks)
        {
            builder.AddSource(NativeSources.All);
            // Instrumentation is made before the provider listens, so its processors see what has been normalised, whatever their order.
            if (options.NormalizeNativeSpans)
                builder.AddInstrumentation(static () => new NativeSpanListener());
        }

        builder.AddInstrumentation(() => ContentSettings.Install(options));
    }
}
