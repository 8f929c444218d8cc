namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Ends the turn of an agent that handed off or finished.</summary>
internal sealed class HandoffInvocationFilter : IAutoFunctionInvocationFilter
{
    public const string HandoffPlugin = nameof(HandoffPlugin);

    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        await next(context).ConfigureAwait(false);
        context.Terminate |= context.Function.PluginName == HandoffPlugin;
    }
}
