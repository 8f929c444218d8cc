namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>GELU of one value, by the same approximation of erf as the vector kernel.</summary>
internal static class ScalarGelu
{
    public static float Of(float x)
    {
        float z = MathF.Abs(x) * 0.70710678f, t = 1 / (1 + (0.3275911f * z));
        float tail = ((((((((1.061405429f * t) - 1.453152027f) * t) + 1.421413741f) * t) - 0.284496736f) * t) + 0.254829592f) * t * MathF.Exp(-z * z) * 0.5f;
        return x * (x < 0 ? tail : 1 - tail);
    }
}
