using System.Globalization;

namespace AgentTrace.Benchmarks.Store;

/// <summary>What one engine cost; times are p50 and p99 in milliseconds.</summary>
internal sealed record StoreRow
{
    public const string Header = """
        | engine | runs | spans | raw bytes per span | written spans/s | spans per CPU-second: ours, with the server's | stored bytes per span | trace by id p50 / p99 ms | search: one of many p50 / p99 ms | search: one of all p50 / p99 ms | runs list p50 / p99 ms |
        |---|---|---|---|---|---|---|---|---|---|---|
        """;

    public required string Engine { get; init; }

    public required int Runs { get; init; }

    public required long Spans { get; init; }

    public required double RawBytes { get; init; }

    public required double WrittenPerSecond { get; init; }

    /// <summary>By this process's time alone.</summary>
    public required double PerCpuSecond { get; init; }

    /// <summary>By this process's time and the server's; the same where there is no server.</summary>
    public required double PerCpuSecondInAll { get; init; }

    public required double StoredBytes { get; init; }

    public required (double P50, double P99) Trace { get; init; }

    public required (double P50, double P99) SearchCommon { get; init; }

    public required (double P50, double P99) SearchRare { get; init; }

    public required (double P50, double P99) List { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Engine} | {Runs} | {Spans} | {RawBytes:F0} | {WrittenPerSecond:F0} | {PerCpuSecond:F0}, {PerCpuSecondInAll:F0} | {StoredBytes:F1} | {Trace.P50:F2} / {Trace.P99:F2} | {SearchCommon.P50:F2} / {SearchCommon.P99:F2} | {SearchRare.P50:F2} / {SearchRare.P99:F2} | {List.P50:F2} / {List.P99:F2} |");
}
