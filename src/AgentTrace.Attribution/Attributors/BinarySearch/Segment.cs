namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Consecutive steps, both ends included, and where the method cuts them in two.</summary>
internal readonly record struct Segment(int Start, int End)
{
    public int Middle => Start + ((End - Start) / 2);

    public Segment Upper => new(Start, Middle);

    public Segment Lower => new(Middle + 1, End);

    public bool IsOneStep => Start == End;

    public bool Holds(int step) => step >= Start && step <= End;

    public override string ToString() => $"[{Start}, {End}]";
}
