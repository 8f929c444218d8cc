using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AgentTrace.Probe.Kernels;

/// <summary>Interleaves the lanes of two vectors, of which matrices are turned.</summary>
internal static class Pairs
{
    /// <summary>x0 y0 x1 y1.</summary>
    public static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : Vector128.Create(x[0], y[0], x[1], y[1]);

    /// <summary>x2 y2 x3 y3.</summary>
    public static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : Vector128.Create(x[2], y[2], x[3], y[3]);

    /// <summary>x0 x1 y0 y1.</summary>
    public static Vector128<float> Lower(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : Vector128.Create(x.GetLower(), y.GetLower());

    /// <summary>x2 x3 y2 y3.</summary>
    public static Vector128<float> Upper(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveHighToLow(y, x) : Vector128.Create(x.GetUpper(), y.GetUpper());
}
