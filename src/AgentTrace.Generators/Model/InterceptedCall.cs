namespace AgentTrace.Generators.Model;

/// <summary>One call site that gets an interceptor.</summary>
/// <param name="Method">The method that is called.</param>
/// <param name="Attribute">The <c>[InterceptsLocation(...)]</c> attribute's text.</param>
/// <param name="Place">File and line, for the reader of the generated code.</param>
internal sealed record InterceptedCall(MethodShape Method, string Attribute, string Place);
