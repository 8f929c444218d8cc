using System.CommandLine;
using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Cli.Commands;

/// <summary>The words of <c>collect</c> that say where accepted requests wait.</summary>
internal sealed class QueueOptions
{
    private static readonly ForwardingOptions Defaults = new();

    private readonly Option<string?> _directory = new("--queue-dir")
    {
        Description = "Folder in which accepted requests wait, so that they survive a crash; without it they wait in memory.",
        HelpName = "FOLDER",
    };

    private readonly Option<long> _diskBytes = new("--queue-max-bytes")
    {
        Description = "Bytes of each signal that may wait in the folder before senders are asked to wait.",
        DefaultValueFactory = _ => Defaults.QueueMaxBytes,
    };

    private readonly Option<long> _memoryBytes = new("--queue-memory-bytes")
    {
        Description = "Bytes of each signal that may wait in memory where there is no folder.",
        DefaultValueFactory = _ => Defaults.QueueMemoryBytes,
    };

    private readonly Option<bool> _flush = new("--queue-flush")
    {
        Description = "Has the disk confirm every request before its sender is answered: it survives a power cut too, at the disk's pace.",
    };

    private readonly Option<int> _batchBytes = new("--batch-bytes")
    {
        Description = "Small requests that wait are put together up to this many bytes; 0 sends each alone.",
        DefaultValueFactory = _ => Defaults.BatchBytes,
    };

    private readonly Option<int> _concurrency = new("--forward-concurrency")
    {
        Description = "Requests that may be on their way to one endpoint at once.",
        DefaultValueFactory = _ => Defaults.Concurrency,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _directory, _diskBytes, _memoryBytes, _flush, _batchBytes, _concurrency })
            command.Options.Add(option);
    }

    /// <summary>What was said about queues.</summary>
    public ForwardingOptions Create(ParseResult parsed) => new()
    {
        QueueDirectory = parsed.GetValue(_directory),
        QueueMaxBytes = parsed.GetValue(_diskBytes),
        QueueMemoryBytes = parsed.GetValue(_memoryBytes),
        QueueFlush = parsed.GetValue(_flush),
        BatchBytes = parsed.GetValue(_batchBytes),
        Concurrency = parsed.GetValue(_concurrency),
    };
}
