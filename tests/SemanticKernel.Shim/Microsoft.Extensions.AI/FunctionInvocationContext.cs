namespace Microsoft.Extensions.AI;

/// <summary>One function call being answered. It lives in Microsoft.Extensions.AI, which is not restored here.</summary>
public class FunctionInvocationContext
{
    public AIFunction Function { get; set; } = AIFunctionFactory.Create(() => { }, nameof(FunctionInvocationContext));

    public AIFunctionArguments Arguments { get; set; } = [];

    public FunctionCallContent CallContent { get; set; } = new("", nameof(FunctionInvocationContext));

    public IList<ChatMessage> Messages { get; set; } = [];

    public ChatOptions? Options { get; set; }

    public int Iteration { get; set; }

    public int FunctionCallIndex { get; set; }

    public int FunctionCount { get; set; }

    /// <summary>True to ask the model nothing more after this call.</summary>
    public bool Terminate { get; set; }

    public bool IsStreaming { get; set; }
}
