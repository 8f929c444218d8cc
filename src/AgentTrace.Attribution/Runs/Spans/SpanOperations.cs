using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>What a span does, by the GenAI conventions; null for every other span.</summary>
internal static class SpanOperations
{
    /// <summary>The operation attribute where it is set, else the first word of the name for operations no other kind of span is named by.</summary>
    public static string? Of(AgentSpan span)
    {
        if (IsVerdict(span))
            return null;
        if (span.Text(GenAiAttributes.OperationName) is { } operation)
        {
            return operation switch
            {
                GenAiOperations.InvokeAgent or GenAiOperations.InvokeWorkflow or GenAiOperations.ExecuteTool or GenAiOperations.Chat => operation,
                // The conventions' other ways to ask a model for text.
                "text_completion" or "generate_content" => GenAiOperations.Chat,
                _ => null,
            };
        }

        foreach (string named in (ReadOnlySpan<string>)[GenAiOperations.InvokeAgent, GenAiOperations.InvokeWorkflow, GenAiOperations.ExecuteTool])
        {
            if (span.Name.StartsWith(named, StringComparison.Ordinal) && (span.Name.Length == named.Length || span.Name[named.Length] == ' '))
                return named;
        }

        return null;
    }

    /// <summary>Whether the span is one of those in which an earlier attribution was written into the trace.</summary>
    public static bool IsVerdict(AgentSpan span) =>
        span.Name is AttributionAttributes.AttributeFailureSpan or AttributionAttributes.DecisiveErrorSpan;

    /// <summary>What the name says after the operation, or null: <c>execute_tool search</c> is <c>search</c>.</summary>
    public static string? Target(AgentSpan span, string operation) =>
        span.Name.Length > operation.Length + 1 && span.Name.StartsWith(operation, StringComparison.Ordinal) && span.Name[operation.Length] == ' '
            ? span.Name[(operation.Length + 1)..].Trim()
            : null;
}
