namespace AgentTrace.Generators.Model;

/// <summary>The signature of an intercepted method: all that an interceptor has to repeat.</summary>
/// <param name="Kind">What a call of it starts.</param>
/// <param name="Receiver">The declaring type, fully qualified, with its type parameters; of a static method too.</param>
/// <param name="IsStatic">True for a static method.</param>
/// <param name="Name">The method's name.</param>
/// <param name="ReturnType">What it returns, fully qualified.</param>
/// <param name="TypeParameters">Those of the declaring type and then those of the method, as <c>TInput, TOutput</c>; empty when there are none.</param>
/// <param name="MethodTypeArguments">Those of the method alone, for the call inside the interceptor.</param>
/// <param name="Constraints">The <c>where</c> clauses, each once.</param>
/// <param name="Parameters">The parameters.</param>
internal sealed record MethodShape(
    CallKind Kind, string Receiver, bool IsStatic, string Name, string ReturnType, string TypeParameters, string MethodTypeArguments, string Constraints,
    EquatableArray<ParameterShape> Parameters);
