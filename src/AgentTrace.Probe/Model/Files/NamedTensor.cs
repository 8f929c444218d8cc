namespace AgentTrace.Probe.Model.Files;

/// <summary>A tensor of a safetensors file and where its values are in memory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its values, row by row; a file is read into them and written from them.</param>
/// <param name="Optional">Whether a file may lack it.</param>
internal sealed record NamedTensor(string Name, long[] Shape, Memory<float> Values, bool Optional = false)
{
    /// <summary>A parameter's values; positions that no training changes may be missing, as they are in published files.</summary>
    public static NamedTensor Of(Parameter parameter, bool optional) => new(parameter.Name, ShapeOf(parameter), parameter.Value.Memory, optional);

    /// <summary>Values that go with a parameter, such as an optimizer's moments.</summary>
    public static NamedTensor Beside(Parameter parameter, string prefix, float[] values) => new(prefix + parameter.Name, ShapeOf(parameter), values);

    /// <summary>All parameters of a model.</summary>
    public static IEnumerable<NamedTensor> All(Transformer model) =>
        model.Parameters.Select(parameter => Of(parameter, optional: parameter == model.Positions && !parameter.IsTrained));

    private static long[] ShapeOf(Parameter parameter) => parameter.IsVector ? [parameter.Value.Columns] : [parameter.Value.Rows, parameter.Value.Columns];
}
