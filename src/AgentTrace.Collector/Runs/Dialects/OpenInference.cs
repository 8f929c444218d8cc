using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Runs.Dialects;

/// <summary>OpenInference (github.com/Arize-ai/openinference, spec/semantic_conventions.md): the kind of a span in one attribute, messages flattened into numbered ones.</summary>
internal static class OpenInference
{
    public const string SpanKind = "openinference.span.kind";

    private const string InputValue = "input.value";
    private const string OutputValue = "output.value";

    public static void Add(string kind, AgentSpan span, AddedAttributes added)
    {
        switch (kind.ToUpperInvariant())
        {
            case "AGENT":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.InvokeAgent);
                added.Add(GenAiAttributes.AgentName, span.Text("agent.name") ?? span.Text("graph.node.id") ?? span.Name);
                AddContent(span, added);
                break;
            case "CHAIN" when span.ParentSpanId is null:
                added.Add(GenAiAttributes.OperationName, GenAiOperations.InvokeWorkflow);
                added.Add(GenAiAttributes.WorkflowName, span.Name);
                AddContent(span, added);
                break;
            case "LLM":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.Chat);
                added.Add(GenAiAttributes.RequestModel, span.Text("llm.model_name"));
                added.Add(GenAiAttributes.ProviderName, span.Text("llm.provider") ?? span.Text("llm.system"));
                added.Add(GenAiAttributes.UsageInputTokens, span.WholeNumber("llm.token_count.prompt"));
                added.Add(GenAiAttributes.UsageOutputTokens, span.WholeNumber("llm.token_count.completion"));
                added.Add(GenAiAttributes.InputMessages, NumberedMessages.Read(span, "llm.input_messages.", ".message"));
                added.Add(GenAiAttributes.OutputMessages, NumberedMessages.Read(span, "llm.output_messages.", ".message"));
                AddContent(span, added);
                break;
            case "TOOL":
                added.Add(GenAiAttributes.OperationName, GenAiOperations.ExecuteTool);
                added.Add(GenAiAttributes.ToolName, span.Text("tool.name") ?? span.Name);
                added.Add(GenAiAttributes.ToolCallArguments, span.Text("tool.parameters") ?? span.Text(InputValue));
                added.Add(GenAiAttributes.ToolCallResult, span.Text(OutputValue));
                break;
            default:
                break;
        }
    }

    private static void AddContent(AgentSpan span, AddedAttributes added)
    {
        added.Add(GenAiAttributes.InputMessages, NumberedMessages.Single("user", span.Text(InputValue)));
        added.Add(GenAiAttributes.OutputMessages, NumberedMessages.Single("assistant", span.Text(OutputValue)));
    }
}
