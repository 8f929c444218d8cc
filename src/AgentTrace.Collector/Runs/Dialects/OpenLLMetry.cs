using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Runs.Dialects;

/// <summary>OpenLLMetry (github.com/traceloop/openllmetry, semantic-conventions-ai): <c>traceloop.*</c> for agents and tools, numbered <c>gen_ai.*</c> attributes for messages.</summary>
internal static class OpenLLMetry
{
    private const string SpanKind = "traceloop.span.kind";
    private const string RequestType = "llm.request.type";
    private const string EntityName = "traceloop.entity.name";
    private const string EntityInput = "traceloop.entity.input";
    private const string EntityOutput = "traceloop.entity.output";

    public static bool Speaks(AgentSpan span) => span.Attributes.ContainsKey(SpanKind) || span.Attributes.ContainsKey(RequestType);

    public static void Add(AgentSpan span, AddedAttributes added)
    {
        // Its span names are "{name}.{kind}"; the entity's name alone is the agent's.
        string name = span.Text(EntityName) is { Length: > 0 } entity ? entity : span.Name;
        switch (span.Text(SpanKind)?.ToUpperInvariant())
        {
            case "WORKFLOW":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.InvokeWorkflow);
                added.Add(GenAiAttributes.WorkflowName, name);
                AddContent(span, added);
                break;
            case "AGENT":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.InvokeAgent);
                added.Add(GenAiAttributes.AgentName, name);
                AddContent(span, added);
                break;
            case "TOOL":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.ExecuteTool);
                added.Add(GenAiAttributes.ToolName, name);
                added.Add(GenAiAttributes.ToolCallArguments, span.Text(EntityInput));
                added.Add(GenAiAttributes.ToolCallResult, span.Text(EntityOutput));
                break;
            default:
                if (span.Text(RequestType) is "chat" or "completion")
                    AddChat(span, added);
                break;
        }
    }

    private static void AddChat(AgentSpan span, AddedAttributes added)
    {
        added.Add(GenAiAttributes.OperationName, GenAiOperations.Chat);
        added.Add(GenAiAttributes.UsageInputTokens, span.WholeNumber("gen_ai.usage.prompt_tokens"));
        added.Add(GenAiAttributes.UsageOutputTokens, span.WholeNumber("gen_ai.usage.completion_tokens"));
        added.Add(GenAiAttributes.InputMessages, NumberedMessages.Read(span, "gen_ai.prompt.", ""));
        added.Add(GenAiAttributes.OutputMessages, NumberedMessages.Read(span, "gen_ai.completion.", ""));
    }

    private static void AddContent(AgentSpan span, AddedAttributes added)
    {
        added.Add(GenAiAttributes.InputMessages, NumberedMessages.Single("user", span.Text(EntityInput)));
        added.Add(GenAiAttributes.OutputMessages, NumberedMessages.Single("assistant", span.Text(EntityOutput)));
    }
}
