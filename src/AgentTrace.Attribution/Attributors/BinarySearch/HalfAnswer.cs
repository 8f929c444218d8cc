namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>What a model's answer says.</summary>
internal enum HalfAnswer
{
    Upper,
    Lower,

    /// <summary>Neither half is named: the method flips a coin.</summary>
    Unclear,
}
