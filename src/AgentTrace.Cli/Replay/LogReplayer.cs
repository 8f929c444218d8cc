using System.Diagnostics;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Conventions;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentTrace.Cli.Replay;

/// <summary>Sends logs as the traces that the SDK would have written, had it been there: one run, one turn a step, ended now.</summary>
internal sealed class LogReplayer : IDisposable
{
    private const int FlushMilliseconds = 30_000;
    private const int LargestTrace = 1 << 17;

    private readonly TimeProvider _clock;
    private readonly ForwardingEndpoint _endpoint;
    private readonly ReplayExporter _exporter;
    private readonly TracerProvider _tracing;

    public LogReplayer(ForwardingEndpoint endpoint, TimeProvider clock)
    {
        _clock = clock;
        _endpoint = endpoint;
        _exporter = new ReplayExporter(new OtlpExporterOptions
        {
            Endpoint = endpoint.IsGrpc ? new Uri(endpoint.Address.GetLeftPart(UriPartial.Authority)) : endpoint.TracesAddress,
            Protocol = endpoint.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
        });
        _tracing = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("agenttrace-replay"))
            .SetSampler(new AlwaysOnSampler())   // OTEL_TRACES_SAMPLER is meant for the user's own apps
            .AddAgentTraceInstrumentation(options =>
            {
                options.CaptureContent = true;
                options.MaxContentCharacters = int.MaxValue;
                options.Redactor = new KeepEverything();
            })
            .AddProcessor(new BatchActivityExportProcessor(_exporter, LargestTrace))
            .Build();
    }

    /// <summary>Sends one log.</summary>
    /// <exception cref="CliException">The endpoint did not take it.</exception>
    public ReplayedRun Send(string file, Attribution.Runs.AgentRun log, bool groundTruth)
    {
        TimeSpan whole = log.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + ReplayTiming.Turn(step.Output) + ReplayTiming.Pause);
        DateTimeOffset time = _clock.GetUtcNow() - whole;

        // A replayed run is a trace of its own, whatever the process is doing.
        Activity.Current = null;
        using AgentRun run = AgentRun.Start(log.Name ?? "replay", new AgentRunOptions { Input = log.Task, StartTime = time });
        foreach (Step step in log.Steps)
        {
            using AgentTurn turn = AgentTurn.Start(step.Agent, new AgentTurnOptions { StartTime = time });
            if (step.Speaker != step.Agent)
                turn.Activity?.SetTag(AgentTraceAttributes.TurnSpeaker, step.Speaker);
            turn.SetOutput(step.Output);
            if (step.HandoffTo is { } target)
                turn.HandOffTo(target);
            time += ReplayTiming.Turn(step.Output);
            turn.End(time);
            time += ReplayTiming.Pause;
        }

        if (log.Outcome == RunOutcome.Failure)
            run.Fail("the answer was judged wrong", groundTruth ? log.ExpectedAnswer : null);
        else if (log.Outcome == RunOutcome.Success)
            run.Succeed();
        run.End(time);
        string traceId = run.Activity?.TraceId.ToHexString()
            ?? throw new CliException(ExitCodes.Failed, "the run was not traced; is OTEL_SDK_DISABLED set? Unset it for this command");
        if (!_tracing.ForceFlush(FlushMilliseconds) || _exporter.HasFailed)
            throw new CliException(ExitCodes.Failed, $"{file}: {_endpoint} did not take the trace; is a collector or backend listening there?");
        return new ReplayedRun(file, traceId, log.Steps.Count);
    }

    public void Dispose() => _tracing.Dispose();
}
