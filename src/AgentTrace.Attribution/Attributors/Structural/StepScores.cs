using AgentTrace.Attribution.Attributors.Structural.Signals;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>What all signals together say of the steps of one run.</summary>
internal sealed class StepScores(IReadOnlyList<WeightedSignal> signals, int steps)
{
    private readonly List<SignalHit>[] _hits = new List<SignalHit>[signals.Count];
    private readonly double[] _strengths = new double[signals.Count * steps];
    private readonly double[] _totals = new double[steps];
    private int _added;

    /// <summary>For each step its log-odds, up to a constant of the run.</summary>
    public ReadOnlySpan<double> Totals => _totals;

    /// <summary>How strongly each signal fires at each step, 0..1; of several hits the strongest.</summary>
    public ReadOnlySpan<double> StrengthsOf(int signal) => _strengths.AsSpan(signal * steps, steps);

    /// <summary>Counts the hits of the next signal.</summary>
    public void Add(List<SignalHit> hits)
    {
        int signal = _added++;
        _hits[signal] = hits;
        Span<double> strengths = _strengths.AsSpan(signal * steps, steps);
        foreach (SignalHit hit in hits)
            strengths[hit.Step] = Math.Max(strengths[hit.Step], hit.Strength);
        for (int step = 0; step < steps; step++)
            _totals[step] += signals[signal].Weight * strengths[step];
    }

    /// <summary>Whether more than its place speaks against a step.</summary>
    public bool HasEvidence(int step) => EvidenceOf(step).Any();

    /// <summary>What was seen at a step, the weightiest first; priors are left out.</summary>
    public IEnumerable<(ISignal Signal, SignalHit Hit)> EvidenceOf(int step) => Enumerable.Range(0, _added)
        .Where(signal => !signals[signal].Signal.IsPrior && signals[signal].Weight > 0 && _strengths[(signal * steps) + step] > signals[signal].Signal.Unremarkable)
        .OrderByDescending(signal => signals[signal].Weight * _strengths[(signal * steps) + step])
        .Select(signal => (signals[signal].Signal, _hits[signal].Where(hit => hit.Step == step).MaxBy(hit => hit.Strength)));
}
