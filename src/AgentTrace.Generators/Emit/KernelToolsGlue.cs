using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Emit;

/// <summary>Emits the filter through which a kernel tells each automatic tool call's id, arguments and result.</summary>
internal static class KernelToolsGlue
{
    public static SourceText Emit() => GeneratedSource.Of("""
        namespace AgentTrace.Generated
        {
            using global::System;
            using global::System.Threading.Tasks;
            using global::AgentTrace.Glue;
            using global::Microsoft.SemanticKernel;

            internal sealed class KernelTools : IAutoFunctionInvocationFilter
            {
                private static readonly KernelTools Instance = new KernelTools();

                /// <summary>Adds the filter once, outermost: what other filters do belongs to the call.</summary>
                public static void Watch(Kernel kernel)
                {
                    lock (kernel.AutoFunctionInvocationFilters)
                    {
                        if (!kernel.AutoFunctionInvocationFilters.Contains(Instance))
                            kernel.AutoFunctionInvocationFilters.Insert(0, Instance);
                    }
                }

                public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
                {
                    string name = string.IsNullOrEmpty(context.Function.PluginName) ? context.Function.Name : context.Function.PluginName + "-" + context.Function.Name;
                    using (global::AgentTrace.ToolCall call = TracedTools.Start(name, context.ToolCallId, context.Arguments))
                    {
                        try
                        {
                            await next(context).ConfigureAwait(false);
                            TracedTools.SetResult(call, context.Result);
                        }
                        catch (Exception exception)
                        {
                            call.Fail(exception);
                            throw;
                        }
                    }
                }
            }
        }
        """);
}
