using System.Threading.Channels;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Attribution;

/// <summary>Failed runs that wait for a verdict; bounded, so that a storm of failures cannot fill the memory.</summary>
internal sealed class AttributionQueue(CollectorOptions options)
{
    private readonly Channel<RunRecord> _runs = Channel.CreateBounded<RunRecord>(options.MaxQueuedAttributions);

    public ChannelReader<RunRecord> Reader => _runs.Reader;

    public bool TryEnqueue(RunRecord record) => _runs.Writer.TryWrite(record);

    public void Complete() => _runs.Writer.TryComplete();
}
