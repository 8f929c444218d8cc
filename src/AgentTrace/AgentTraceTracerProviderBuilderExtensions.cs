using AgentTrace;
using AgentTrace.Configuration;
using AgentTrace.Conventions;
using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry.Trace;

/// <summary>Wires AgentTrace into a tracer provider.</summary>
public static class AgentTraceTracerProviderBuilderExtensions
{
    /// <summary>Records agent runs, turns, tool calls and chats.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TracerProviderBuilder AddAgentTraceInstrumentation(this TracerProviderBuilder builder) =>
        AddAgentTraceInstrumentation(builder, "", static _ => { });

    /// <summary>Records agent runs, turns, tool calls and chats.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <param name="configure">Sets the options; wins over configuration and environment.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TracerProviderBuilder AddAgentTraceInstrumentation(
        this TracerProviderBuilder builder,
        Action<AgentTraceOptions> configure) =>
        AddAgentTraceInstrumentation(builder, "", configure);

    /// <summary>Records agent runs, turns, tool calls and chats.</summary>
    /// <param name="builder">The tracer provider's builder.</param>
    /// <param name="name">
    /// The name these options go by. Calls with the same name add to the same options, in order; with several names the one added last
    /// holds.
    /// </param>
    /// <param name="configure">Sets the options; wins over configuration and environment.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TracerProviderBuilder AddAgentTraceInstrumentation(
        this TracerProviderBuilder builder,
        string name,
        Action<AgentTraceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);

        InstrumentationRegistration? added = null;
        builder.ConfigureServices(services =>
        {
            InstrumentationRegistration? registration = Find(services, name);
            if (registration is null)
            {
                registration = added = new InstrumentationRegistration(name);
                services.AddSingleton(registration);
            }

            registration.Add(configure);
        });
        if (added is null)
            return builder;

        // Which sources to add is known only when all options are set, as the provider is built.
        (builder as IDeferredTracerProviderBuilder)?.Configure(added.Apply);
        return builder.AddSource(ActivitySources.AgentTrace);
    }

    private static InstrumentationRegistration? Find(IServiceCollection services, string name) => services
        .Where(service => service.ServiceType == typeof(InstrumentationRegistration))
        .Select(service => (InstrumentationRegistration?)service.ImplementationInstance)
        .FirstOrDefault(registration => registration?.Name == name);
}
