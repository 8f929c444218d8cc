using System.Text;
using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Writes one interceptor for each method that is called, with an attribute for each place it is called from.</summary>
internal static class InterceptorEmitter
{
    private const int FileTypes = 1100;

    public static SourceText Emit(IEnumerable<InterceptedCall> calls, FrameworkFacts facts)
    {
        var code = new StringBuilder();
        code.Append($$"""
            namespace System.Runtime.CompilerServices
            {
                [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]
                {{(facts.LanguageVersion >= FileTypes ? "file" : "internal")}} sealed class InterceptsLocationAttribute : global::System.Attribute
                {
                    public InterceptsLocationAttribute(int version, string data)
                    {
                    }
                }
            }

            namespace AgentTrace.Generated
            {
                using global::AgentTrace.Glue;

                internal static class Interceptors
                {

            """);
        int index = 0;
        foreach (IGrouping<MethodShape, InterceptedCall> method in calls.GroupBy(call => call.Method))
        {
            foreach (InterceptedCall call in method)
                code.Append($"        {call.Attribute} // {call.Place}\n");
            code.Append(Method(method.Key, index++, facts));
        }

        return GeneratedSource.Of(code.Append("    }\n}\n").ToString());
    }

    private static string Method(MethodShape method, int index, FrameworkFacts facts)
    {
        string generic = method.TypeParameters.Length == 0 ? "" : $"<{method.TypeParameters}>";
        string receiver = method.IsStatic ? "" : $"this {method.Receiver} __receiver";
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));
        string signature = receiver.Length > 0 && parameters.Length > 0 ? $"{receiver}, {parameters}" : receiver + parameters;
        string call = $"{(method.IsStatic ? method.Receiver : "__receiver")}.{method.Name}{(method.MethodTypeArguments.Length == 0 ? "" : $"<{method.MethodTypeArguments}>")}"
            + $"({string.Join(", ", method.Parameters.Select(parameter => parameter.Name))})";
        string isAsync = method.Kind == CallKind.Orchestration && facts.Runtime is not null ? "async " : "";
        return $$"""
                    public static {{isAsync}}{{method.ReturnType}} Intercept{{index}}{{generic}}({{signature}}) {{method.Constraints}}
                    {
            {{Body(method, call, facts)}}
                    }


            """;
    }

    private static string Body(MethodShape method, string call, FrameworkFacts facts) => method.Kind switch
    {
        CallKind.KernelAgent => Turns.Stream(call, "KernelTurns.Start(" + Turns.KernelArguments(method) + ")", "KernelMessages.Turns"),
        CallKind.KernelAgentStreaming => Turns.Stream(call, "KernelTurns.Start(" + Turns.KernelArguments(method) + ")", "KernelMessages.TurnPieces"),
        CallKind.GroupChat => Turns.GroupChat(call, "KernelMessages.Chat"),
        CallKind.GroupChatStreaming => Turns.GroupChat(call, "KernelMessages.ChatPieces"),
        CallKind.Orchestration when facts.Runtime is not null => Turns.Orchestration(method, call),
        CallKind.FrameworkAgent => Turns.Await(method, call, "FrameworkTurns.Start(" + Turns.FrameworkArguments(method) + ")"),
        CallKind.FrameworkAgentStreaming => Turns.Stream(call, "FrameworkTurns.Start(" + Turns.FrameworkArguments(method) + ")", "FrameworkTurns.Pieces"),
        CallKind.Workflow when Turns.WorkflowOf(method) is { } workflow => Turns.Workflow(call, facts.WorkflowHasName ? $"{workflow}.Name" : "null"),
        _ => $"            return {call};",
    };
}
