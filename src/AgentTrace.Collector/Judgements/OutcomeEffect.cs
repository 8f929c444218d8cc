namespace AgentTrace.Collector.Judgements;

/// <summary>What a posted outcome did.</summary>
internal enum OutcomeEffect
{
    /// <summary>The run is not known (yet): it is applied when the run is complete.</summary>
    Waiting,

    /// <summary>The run has failed and waits for its verdict.</summary>
    Attributing,

    /// <summary>The run is known and needs no (other) verdict.</summary>
    Recorded,
}
