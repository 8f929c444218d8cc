using System.Globalization;
using AgentTrace.Collector.Otlp;
using Microsoft.Win32.SafeHandles;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Keeps refused requests as files, each an export request that can be posted again as it is, up to a bound for all together.</summary>
internal sealed class RefusedRequestFiles(string directory, long maxBytes, TimeProvider clock) : IRefusedRequests
{
    private readonly Lock _lock = new();
    private long _number;

    public string Keep(ForwardingEndpoint endpoint, OtlpSignal signal, OtlpExport export, string reason)
    {
        lock (_lock)
        {
            try
            {
                Directory.CreateDirectory(directory);
                long kept = new DirectoryInfo(directory).EnumerateFiles().Sum(file => file.Length);
                if (kept + export.Length > maxBytes)
                    return $"dropped; {directory} is full ({kept} bytes)";
                string extension = export.IsJson ? "json" : "binpb";
                string time = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMddTHHmmssfff", CultureInfo.InvariantCulture);
                string path = Path.Combine(directory, $"{time}-{_number++}-{signal.Name}-{endpoint.Address.Host}-{endpoint.Address.Port}.{extension}");
                using SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
                RandomAccess.Write(file, export.Bodies, 0);
                return $"kept in {path}";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"dropped; it cannot be kept in {directory} ({e.Message})";
            }
        }
    }
}
