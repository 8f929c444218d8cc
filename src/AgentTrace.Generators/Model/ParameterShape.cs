namespace AgentTrace.Generators.Model;

/// <summary>One parameter of an intercepted method.</summary>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Name">Its name.</param>
internal sealed record ParameterShape(string Type, string Name);
