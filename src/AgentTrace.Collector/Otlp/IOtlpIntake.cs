namespace AgentTrace.Collector.Otlp;

/// <summary>Takes the export requests of one signal, whichever door they came through.</summary>
internal interface IOtlpIntake
{
    /// <summary>Whose requests it takes.</summary>
    OtlpSignal Signal { get; }

    /// <summary>Accepts what is valid of a request.</summary>
    /// <param name="body">The request, uncompressed.</param>
    /// <param name="json">True when it is JSON.</param>
    /// <param name="owner">Holds its bytes. It is the intake's from here on, also when this throws.</param>
    /// <exception cref="OtlpFormatException">Nothing in it could be accepted; the sender must not try again.</exception>
    /// <exception cref="BackPressureException">There is no room now; the sender shall try again.</exception>
    IntakeResult Accept(ReadOnlyMemory<byte> body, bool json, IDisposable owner);
}
