using AgentTrace.Attribution.Attributors.Structural.Signals;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>What all signals together say of one step.</summary>
internal sealed class StepScore(int step)
{
    private readonly List<(ISignal Signal, SignalHit Hit, double Points)> _hits = [];

    public int Step { get; } = step;

    /// <summary>Log-odds, up to a constant of the run.</summary>
    public double Total { get; private set; }

    /// <summary>What was seen at the step, the weightiest first; priors are left out.</summary>
    public IEnumerable<SignalHit> Evidence => _hits.Where(hit => !hit.Signal.IsPrior && hit.Points > 0).OrderByDescending(hit => hit.Points).Select(hit => hit.Hit);

    /// <summary>Whether more than its place speaks against the step.</summary>
    public bool HasEvidence => _hits.Exists(hit => !hit.Signal.IsPrior && hit.Points > 0);

    /// <summary>Counts a hit; of several by one signal the strongest alone.</summary>
    public void Add(WeightedSignal signal, SignalHit hit)
    {
        double points = signal.Weight * hit.Strength;
        int same = _hits.FindIndex(earlier => ReferenceEquals(earlier.Signal, signal.Signal));
        if (same < 0)
        {
            _hits.Add((signal.Signal, hit, points));
            Total += points;
        }
        else if (hit.Strength > _hits[same].Hit.Strength)
        {
            Total += points - _hits[same].Points;
            _hits[same] = (signal.Signal, hit, points);
        }
    }
}
