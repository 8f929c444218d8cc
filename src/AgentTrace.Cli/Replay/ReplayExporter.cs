using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace AgentTrace.Cli.Replay;

/// <summary>The OTLP exporter, and whether it got everything through: a flush alone does not tell.</summary>
internal sealed class ReplayExporter(OtlpExporterOptions options) : OtlpTraceExporter(options)
{
    /// <summary>True once a batch did not get through.</summary>
    public bool HasFailed { get; private set; }

    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        ExportResult result = base.Export(activityBatch);
        HasFailed |= result == ExportResult.Failure;
        return result;
    }
}
