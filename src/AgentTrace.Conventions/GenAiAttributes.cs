namespace AgentTrace.Conventions;

/// <summary>Attribute names of the OpenTelemetry semantic conventions for generative AI (status: Development).</summary>
/// <remarks>Source: open-telemetry/semantic-conventions-genai. Never add a <c>gen_ai.*</c> name that is not there.</remarks>
public static class GenAiAttributes
{
    /// <summary>What the span does: one of <see cref="GenAiOperations"/>.</summary>
    public const string OperationName = "gen_ai.operation.name";

    /// <summary>Who serves the model, for example <c>openai</c>.</summary>
    public const string ProviderName = "gen_ai.provider.name";

    /// <summary>The name <see cref="ProviderName"/> had before it was renamed; still written by Semantic Kernel.</summary>
    public const string LegacySystem = "gen_ai.system";

    /// <summary>The model that was asked for.</summary>
    public const string RequestModel = "gen_ai.request.model";

    /// <summary>Sampling temperature that was asked for.</summary>
    public const string RequestTemperature = "gen_ai.request.temperature";

    /// <summary>Nucleus sampling threshold that was asked for, 0..1.</summary>
    public const string RequestTopP = "gen_ai.request.top_p";

    /// <summary>Largest number of tokens the model may answer with.</summary>
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";

    /// <summary>The model that answered.</summary>
    public const string ResponseModel = "gen_ai.response.model";

    /// <summary>The provider's id of the answer.</summary>
    public const string ResponseId = "gen_ai.response.id";

    /// <summary>Why the model stopped; an array of strings.</summary>
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";

    /// <summary>Tokens in the prompt.</summary>
    public const string UsageInputTokens = "gen_ai.usage.input_tokens";

    /// <summary>Tokens in the answer.</summary>
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";

    /// <summary>The conversation's id where the application has a real one.</summary>
    public const string ConversationId = "gen_ai.conversation.id";

    /// <summary>The agent's name, as a person knows it.</summary>
    public const string AgentName = "gen_ai.agent.name";

    /// <summary>The agent's id.</summary>
    public const string AgentId = "gen_ai.agent.id";

    /// <summary>What the agent is for.</summary>
    public const string AgentDescription = "gen_ai.agent.description";

    /// <summary>The workflow's name.</summary>
    public const string WorkflowName = "gen_ai.workflow.name";

    /// <summary>The tool's name.</summary>
    public const string ToolName = "gen_ai.tool.name";

    /// <summary>The id the model gave this call of the tool.</summary>
    public const string ToolCallId = "gen_ai.tool.call.id";

    /// <summary>What the tool is for.</summary>
    public const string ToolDescription = "gen_ai.tool.description";

    /// <summary>The kind of tool: <c>function</c>, <c>extension</c> or <c>datastore</c>.</summary>
    public const string ToolType = "gen_ai.tool.type";

    /// <summary>Content, opt-in: the arguments of the call as JSON.</summary>
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";

    /// <summary>Content, opt-in: what the tool returned, as JSON or text.</summary>
    public const string ToolCallResult = "gen_ai.tool.call.result";

    /// <summary>Content, opt-in: the system instructions, a JSON array of message parts.</summary>
    public const string SystemInstructions = "gen_ai.system_instructions";

    /// <summary>Content, opt-in: a JSON array of <c>{role, parts}</c>.</summary>
    public const string InputMessages = "gen_ai.input.messages";

    /// <summary>Content, opt-in: a JSON array of <c>{role, parts, finish_reason}</c>.</summary>
    public const string OutputMessages = "gen_ai.output.messages";

    /// <summary>Name of the event that carries an evaluation's result.</summary>
    public const string EvaluationResultEvent = "gen_ai.evaluation.result";

    /// <summary>What was evaluated.</summary>
    public const string EvaluationName = "gen_ai.evaluation.name";

    /// <summary>The evaluation's verdict in words, for example <c>pass</c> or <c>fail</c>.</summary>
    public const string EvaluationScoreLabel = "gen_ai.evaluation.score.label";

    /// <summary>The evaluation's verdict as a number.</summary>
    public const string EvaluationScoreValue = "gen_ai.evaluation.score.value";

    /// <summary>Why the evaluation says so.</summary>
    public const string EvaluationExplanation = "gen_ai.evaluation.explanation";
}
