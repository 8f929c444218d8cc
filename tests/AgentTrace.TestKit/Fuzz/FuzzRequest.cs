namespace AgentTrace.TestKit.Fuzz;

/// <summary>One mutated export request.</summary>
/// <param name="Number">Its place in the run: with the seed it says how to make it again.</param>
/// <param name="Body">The bytes.</param>
/// <param name="IsJson">True for OTLP/JSON.</param>
/// <param name="Whole">The request before its bytes were damaged; null when they were.</param>
public sealed record FuzzRequest(int Number, byte[] Body, bool IsJson, Otlp.ExportRequest? Whole);
