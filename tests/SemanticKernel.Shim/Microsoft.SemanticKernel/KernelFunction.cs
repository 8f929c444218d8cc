using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.Diagnostics;

namespace Microsoft.SemanticKernel;

/// <summary>A tool. Every invocation writes <c>execute_tool {name}</c>, whatever the switches say.</summary>
public abstract class KernelFunction : FullyQualifiedAIFunction
{
    private protected KernelFunction(
        KernelFunctionMetadata metadata, IReadOnlyDictionary<string, PromptExecutionSettings>? executionSettings)
        : base(metadata)
    {
        ExecutionSettings = executionSettings;
        JsonSchema = FunctionSchema.Of(metadata);
    }

    /// <summary>The function's own name, without its plugin.</summary>
    public new virtual string Name => Metadata.Name;

    public virtual string? PluginName => Metadata.PluginName;

    public override string Description => Metadata.Description;

    public override JsonElement JsonSchema { get; }

    public override MethodInfo? UnderlyingMethod => null;

    public IReadOnlyDictionary<string, PromptExecutionSettings>? ExecutionSettings { get; }

    /// <summary>The kernel to use when the caller names none.</summary>
    internal Kernel? Kernel { get; set; }

    public async Task<FunctionResult> InvokeAsync(
        Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        Kernel used = kernel ?? Kernel ?? throw new ArgumentNullException(nameof(kernel));
        arguments ??= [];
        using Activity? activity = ToolDiagnostics.Start(this, arguments);
        FunctionInvocationContext context = new(used, this, arguments, new FunctionResult(this, culture: used.Culture))
        {
            CancellationToken = cancellationToken,
        };
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await used.RunFunctionFiltersAsync(
                context,
                async current => current.Result = await InvokeCoreAsync(used, current.Arguments, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
            ToolDiagnostics.SetResult(activity, context.Result);
            return context.Result;
        }
        catch (OperationCanceledException exception)
        {
            ModelDiagnostics.SetError(activity, exception);
            throw new KernelFunctionCanceledException(used, this, arguments, context.Result, exception);
        }
        catch (Exception exception)
        {
            ModelDiagnostics.SetError(activity, exception);
            throw;
        }
    }

    public async Task<TResult?> InvokeAsync<TResult>(
        Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        (await InvokeAsync(kernel, arguments, cancellationToken).ConfigureAwait(false)).GetValue<TResult>();

    public IAsyncEnumerable<StreamingKernelContent> InvokeStreamingAsync(
        Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        InvokeStreamingAsync<StreamingKernelContent>(kernel, arguments, cancellationToken);

    public async IAsyncEnumerable<TResult> InvokeStreamingAsync<TResult>(
        Kernel kernel, KernelArguments? arguments = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Kernel used = kernel ?? Kernel ?? throw new ArgumentNullException(nameof(kernel));
        arguments ??= [];
        using Activity? activity = ToolDiagnostics.Start(this, arguments);
        FunctionInvocationContext context = new(used, this, arguments, new FunctionResult(this, culture: used.Culture))
        {
            CancellationToken = cancellationToken,
            IsStreaming = true,
        };
        await used.RunFunctionFiltersAsync(
            context,
            current =>
            {
                current.Result = new FunctionResult(this, InvokeStreamingCoreAsync<TResult>(used, current.Arguments, cancellationToken));
                return Task.CompletedTask;
            }).ConfigureAwait(false);

        IAsyncEnumerable<TResult> results = context.Result.GetValue<IAsyncEnumerable<TResult>>() ?? AsyncEnumerable.Empty<TResult>();
        await using IAsyncEnumerator<TResult> enumerator = results.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                    yield break;
            }
            catch (Exception exception)
            {
                ModelDiagnostics.SetError(activity, exception);
                throw;
            }

            yield return enumerator.Current;
        }
    }

    public abstract KernelFunction Clone(string? pluginName = null);

    public override string ToString() => string.IsNullOrWhiteSpace(PluginName) ? Name : $"{PluginName}.{Name}";

    protected abstract ValueTask<FunctionResult> InvokeCoreAsync(
        Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken);

    protected abstract IAsyncEnumerable<TResult> InvokeStreamingCoreAsync<TResult>(
        Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken);

    /// <summary>The way of an <see cref="AIFunction"/>: neither filters nor a span.</summary>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        Kernel kernel = arguments.Services?.GetService(typeof(Kernel)) as Kernel ?? Kernel ?? new Kernel(arguments.Services);
        FunctionResult result = await InvokeCoreAsync(kernel, new KernelArguments(arguments), cancellationToken).ConfigureAwait(false);
        return result.Value;
    }
}
