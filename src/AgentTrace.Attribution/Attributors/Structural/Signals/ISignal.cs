using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>One kind of trace that an error leaves in a run. Keeps no state; the same run gives the same hits.</summary>
internal interface ISignal
{
    /// <summary>The signal's name in tables, for example <c>tool-error</c>.</summary>
    string Name { get; }

    /// <summary>Whether the signal speaks of where errors usually are rather than of something seen in this run.</summary>
    bool IsPrior => false;

    /// <summary>Strengths up to this one weigh, but are not worth a word.</summary>
    double Unremarkable => 0;

    /// <summary>Adds where the signal fires; at most one hit a step counts, the strongest.</summary>
    void Find(RunView run, ICollection<SignalHit> hits);

    /// <summary>Puts a hit of this signal into words; asked for the few hits that decide alone.</summary>
    SignalEvidence Explain(RunView run, SignalHit hit);
}
