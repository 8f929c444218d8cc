namespace AgentTrace.Probe.Training;

/// <summary>Seeds of parts from the seed of the whole; the same in every process.</summary>
internal static class Seeds
{
    public static int Of(int seed, int part)
    {
        // splitmix64's last step: neighbours come out far apart.
        ulong z = ((ulong)(uint)seed << 32) | (uint)part;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)(z ^ (z >> 31));
    }
}
