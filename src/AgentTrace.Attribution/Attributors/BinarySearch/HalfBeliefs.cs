using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>What the answers together say about every step, by Bayes' rule from a uniform start.</summary>
/// <remarks>
/// An answer is right with the stated reliability when the error lies in the segment asked about, and says nothing when it does not.
/// A coin flip says nothing at all. With a reliability of 0.5 or more no step can overtake the one the search ends on.
/// </remarks>
internal sealed class HalfBeliefs
{
    private readonly double[] _weights;
    private readonly double _reliability;

    public HalfBeliefs(int steps, double reliability)
    {
        _weights = new double[steps];
        Array.Fill(_weights, 1);
        _reliability = reliability;
    }

    public void Learn(Segment asked, Segment chosen)
    {
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] *= chosen.Holds(i) ? _reliability : asked.Holds(i) ? 1 - _reliability : 0.5;
    }

    /// <summary>All steps by falling probability; among equals <paramref name="first"/> leads, then the earlier step.</summary>
    public IReadOnlyList<StepBlame> Ranking(IReadOnlyList<Step> steps, Segment first)
    {
        double sum = _weights.Sum();
        return [.. steps.Select(step => new StepBlame(step.Index, step.Agent, _weights[step.Index] / sum))
            .OrderByDescending(blame => blame.Probability)
            .ThenBy(blame => first.Holds(blame.Step) ? 0 : 1)
            .ThenBy(blame => blame.Step)];
    }
}
