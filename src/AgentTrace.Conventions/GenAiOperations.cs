namespace AgentTrace.Conventions;

/// <summary>Values of <see cref="GenAiAttributes.OperationName"/>; each is the first word of its span's name too.</summary>
public static class GenAiOperations
{
    /// <summary>One request to a chat model.</summary>
    public const string Chat = "chat";

    /// <summary>One turn of an agent.</summary>
    public const string InvokeAgent = "invoke_agent";

    /// <summary>One run of several agents towards one goal.</summary>
    public const string InvokeWorkflow = "invoke_workflow";

    /// <summary>One call of a tool.</summary>
    public const string ExecuteTool = "execute_tool";

    /// <summary>The span name <c>"{operation} {target}"</c>, or the operation alone where the target has no name.</summary>
    public static string SpanName(string operation, string? target) =>
        string.IsNullOrWhiteSpace(target) ? operation : $"{operation} {target}";
}
