using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>The gradient of every parameter of a model, added up over passes.</summary>
internal sealed unsafe class Gradients(Transformer model)
{
    private readonly Matrix[] _sums = [.. model.Parameters.Select(parameter => Matrix.Dense(parameter.Value.Rows, parameter.Value.Columns))];

    public float* Of(Parameter parameter) => _sums[parameter.Index].Pointer;

    public Span<float> Values(Parameter parameter) => _sums[parameter.Index].Values;

    public void Clear()
    {
        foreach (Matrix sum in _sums)
            sum.Values.Clear();
    }
}
