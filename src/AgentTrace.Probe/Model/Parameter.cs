using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model;

/// <summary>One trained tensor.</summary>
public sealed class Parameter
{
    // Above this share of nonzero weights the dense product is the faster one.
    private const double PackedBelow = 0.15;

    private PackedWeights? _packed;

    internal Parameter(string name, int index, int rows, int columns, bool isVector, bool isTrained)
    {
        (Name, Index, IsVector, IsTrained) = (name, index, isVector, isTrained);
        Value = Matrix.Dense(rows, columns);
    }

    /// <summary>The name in a weights file, for example <c>transformer.h.0.mlp.c_fc.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Its place in the model's list.</summary>
    internal int Index { get; }

    /// <summary>The values, [outputs, inputs] for a linear map, one row for a vector.</summary>
    public Matrix Value { get; }

    /// <summary>Whether the file has one dimension.</summary>
    public bool IsVector { get; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrained { get; }

    /// <summary>Number of values.</summary>
    public int Count => Value.Values.Length;

    /// <summary>The nonzero weights, where there are few enough for that to be faster; else null.</summary>
    internal PackedWeights? Packed { get; private set; }

    internal unsafe float* Pointer => Value.Pointer;

    /// <summary>Number of values that are not zero.</summary>
    public int Nonzeros()
    {
        int zeros = 0;
        foreach (float value in Value.Values)
            zeros += value == 0 ? 1 : 0;
        return Count - zeros;
    }

    /// <summary>To be called when the values have changed and before the model is run.</summary>
    internal void Refresh()
    {
        if (IsVector || Nonzeros() > PackedBelow * Count)
        {
            Packed = null;
            return;
        }

        _packed ??= new PackedWeights(Value.Rows, Value.Columns);
        _packed.Read(Value);
        Packed = _packed;
    }
}
