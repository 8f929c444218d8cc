namespace AgentTrace.Attribution.Events;

/// <summary>Has learned how a system's runs go, and says how unexpected each event of another run is. May be called from several threads.</summary>
public interface ITraceModel
{
    /// <summary>What identifies the model, for the version of verdicts that rest on it.</summary>
    string Id { get; }

    /// <summary>Reads a run.</summary>
    /// <param name="words">Its events, from its start on: words of <see cref="Conventions.RunEventWords"/>.</param>
    /// <returns>As many as there are events; the first one's surprise is 0.</returns>
    IReadOnlyList<EventSurprise> Read(IReadOnlyList<string> words);
}
