using AgentTrace.Generators.Model;

namespace AgentTrace.Generators.Emit;

/// <summary>The bodies of interceptors. Each calls the method eagerly, so that an argument's exception is thrown where it was before.</summary>
internal static class Turns
{
    public static string Stream(string call, string start, string reader) => $$"""
                    if (!TracedTurns.IsRecording)
                        return {{call}};
                    TurnStart start = {{start}};
                    try
                    {
                        return TracedTurns.Stream({{call}}, start, {{reader}});
                    }
                    catch (global::System.Exception exception)
                    {
                        TracedTurns.Failed(start, {{reader}}, exception);
                        throw;
                    }
        """;

    public static string GroupChat(string call, string reader) => $$"""
                    return TracedTurns.IsRecording ? TracedRuns.GroupChat({{call}}, receiver.GetType().Name, {{reader}}) : {{call}};
        """;

    /// <summary>A task-returning call runs inside the turn; a response's reader is of the response's own type.</summary>
    public static string Await(MethodShape method, string call, string start)
    {
        int open = method.ReturnType.IndexOf('<') + 1;
        string response = method.ReturnType.Substring(open, method.ReturnType.Length - open - 1);
        return $$"""
                    return TracedTurns.IsRecording
                        ? TracedTurns.AwaitAsync(receiver, _ => {{call}}, {{start}}, FrameworkTurns.Reader<{{response}}>.Instance)
                        : {{call}};
        """;
    }

    public static string Orchestration(MethodShape method, string call)
    {
        string input = method.Parameters.First().Name;
        string runtime = method.Parameters.First(parameter => parameter.Type.EndsWith("IAgentRuntime")).Name;
        return $$"""
                    OrchestrationTrace? trace = OrchestrationTrace.Start(TracingAgentRuntime.NameOf(receiver), {{input}});
                    if (trace is null)
                        return await {{call}}.ConfigureAwait(false);
                    {{runtime}} = new TracingAgentRuntime({{runtime}}, trace);
                    try
                    {
                        var result = await {{call}}.ConfigureAwait(false);
                        trace.EndWith(result.GetValueAsync().AsTask());
                        return result;
                    }
                    catch (global::System.Exception exception)
                    {
                        trace.Fail(exception);
                        throw;
                    }
        """;
    }

    /// <summary>The parameter that is the workflow; null where the call resumes one.</summary>
    public static string? WorkflowOf(MethodShape method) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Type.EndsWith(".Workflow"))?.Name;

    public static string Workflow(string call, string name) => $$"""
                    return TracedTurns.IsRecording ? TracedRuns.AwaitAsync({{name}} ?? "workflow", () => {{call}}) : {{call}};
        """;

    /// <summary>The agent, its thread and what it is given, by the overload's parameters.</summary>
    public static string KernelArguments(MethodShape method)
    {
        string? thread = method.Parameters.FirstOrDefault(parameter => parameter.Type.Contains("AgentThread"))?.Name;
        ParameterShape? first = method.Parameters.FirstOrDefault();
        string input = first is null || first.Name == thread ? "" : $", KernelMessages.Input({first.Name})";
        return $"receiver, {thread ?? "null"}{input}";
    }

    /// <summary>The same for Agent Framework.</summary>
    public static string FrameworkArguments(MethodShape method)
    {
        string? session = method.Parameters.FirstOrDefault(parameter => parameter.Type.Contains("AgentSession") || parameter.Type.Contains("AgentThread"))?.Name;
        ParameterShape? first = method.Parameters.FirstOrDefault();
        string input = first is null || first.Name == session ? "" : $", FrameworkTurns.Input({first.Name})";
        return $"receiver, {session ?? "null"}{input}";
    }
}
