using System.Text.Json.Serialization;

namespace AgentTrace.Probe.Model.Files;

/// <summary>One tensor in a safetensors header.</summary>
/// <param name="Type">Element type, for example F32.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Offsets">First byte and the byte after the last, counted from the end of the header.</param>
internal sealed record TensorEntry(
    [property: JsonPropertyName("dtype")] string Type,
    [property: JsonPropertyName("shape")] long[] Shape,
    [property: JsonPropertyName("data_offsets")] long[] Offsets);
