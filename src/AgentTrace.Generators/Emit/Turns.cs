using AgentTrace.Generators.Model;

namespace AgentTrace.Generators.Emit;

/// <summary>The bodies of interceptors. Each calls the method eagerly, so that an argument's exception is thrown where it was before.</summary>
/// <remarks>Locals begin with two underscores: an override may call its parameters what it likes.</remarks>
internal static class Turns
{
    public static string Stream(string call, string start, string reader) => $$"""
                    if (!TracedTurns.IsRecording)
                        return {{call}};
                    TurnStart __start = {{start}};
                    try
                    {
                        return TracedTurns.Stream({{call}}, __start, {{reader}});
                    }
                    catch (global::System.Exception __exception)
                    {
                        TracedTurns.Failed(__start, {{reader}}, __exception);
                        throw;
                    }
        """;

    public static string GroupChat(string call, string reader) => $$"""
                    if (!TracedTurns.IsRecording)
                        return {{call}};
                    foreach (global::Microsoft.SemanticKernel.Agents.Agent __member in __receiver.Agents)
                        KernelTools.Watch(__member.Kernel);
                    return TracedRuns.GroupChat({{call}}, __receiver, {{reader}});
        """;

    /// <summary>A task-returning call runs inside the turn; a response's reader is of the response's own type.</summary>
    public static string Await(MethodShape method, string call, string start)
    {
        int open = method.ReturnType.IndexOf('<') + 1;
        string response = method.ReturnType.Substring(open, method.ReturnType.Length - open - 1);
        return $$"""
                    return TracedTurns.IsRecording
                        ? TracedTurns.AwaitAsync(__receiver, _ => {{call}}, {{start}}, FrameworkTurns.Reader<{{response}}>.Instance)
                        : {{call}};
        """;
    }

    public static string Orchestration(MethodShape method, string call)
    {
        string input = method.Parameters.First().Name;
        string runtime = method.Parameters.First(parameter => parameter.Type.EndsWith("IAgentRuntime")).Name;
        return $$"""
                    OrchestrationTrace? __trace = OrchestrationTrace.Start(TracingAgentRuntime.NameOf(__receiver), {{input}});
                    if (__trace is null)
                        return await {{call}}.ConfigureAwait(false);
                    {{runtime}} = new TracingAgentRuntime({{runtime}}, __trace);
                    try
                    {
                        var __result = await {{call}}.ConfigureAwait(false);
                        __trace.EndWith(__result.GetValueAsync().AsTask());
                        return __result;
                    }
                    catch (global::System.Exception __exception)
                    {
                        __trace.Fail(__exception);
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
        return $"__receiver, {thread ?? "null"}{input}";
    }

    /// <summary>The same for Agent Framework.</summary>
    public static string FrameworkArguments(MethodShape method)
    {
        string? session = method.Parameters.FirstOrDefault(parameter => parameter.Type.Contains("AgentSession") || parameter.Type.Contains("AgentThread"))?.Name;
        ParameterShape? first = method.Parameters.FirstOrDefault();
        string input = first is null || first.Name == session ? "" : $", FrameworkTurns.Input({first.Name})";
        return $"__receiver, {session ?? "null"}{input}";
    }
}
