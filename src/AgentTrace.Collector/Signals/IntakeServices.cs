using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Signals;

/// <summary>One intake a signal: traces are looked at, the others passed on; all are counted.</summary>
internal static class IntakeServices
{
    public static void AddIntakes(this IServiceCollection services)
    {
        services.AddSingleton<OtlpIntake>();
        Add(services, provider => provider.GetRequiredService<OtlpIntake>());
        Add(services, provider => new SignalIntake(OtlpSignal.Metrics, provider.GetRequiredService<Forwarder>()));
        Add(services, provider => new SignalIntake(OtlpSignal.Logs, provider.GetRequiredService<Forwarder>()));
    }

    private static void Add(IServiceCollection services, Func<IServiceProvider, IOtlpIntake> create) =>
        services.AddSingleton<IOtlpIntake>(provider => new MeteredIntake(create(provider), provider.GetRequiredService<CollectorMeter>()));
}
