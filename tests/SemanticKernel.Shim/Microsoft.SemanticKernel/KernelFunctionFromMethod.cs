using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Microsoft.SemanticKernel;

/// <summary>A function that is a .NET method.</summary>
internal sealed class KernelFunctionFromMethod(KernelFunctionMetadata metadata, MethodInfo method, object? target)
    : KernelFunction(metadata, executionSettings: null)
{
    public override MethodInfo? UnderlyingMethod => method;

    public override KernelFunction Clone(string? pluginName = null) =>
        new KernelFunctionFromMethod(new KernelFunctionMetadata(Metadata) { PluginName = pluginName }, method, target);

    protected override async ValueTask<FunctionResult> InvokeCoreAsync(
        Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        object? returned = await AwaitedAsync(Call(kernel, arguments, cancellationToken)).ConfigureAwait(false);
        return returned as FunctionResult ?? new FunctionResult(this, returned, kernel.Culture);
    }

    protected override async IAsyncEnumerable<TResult> InvokeStreamingCoreAsync<TResult>(
        Kernel kernel, KernelArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object? returned = await AwaitedAsync(Call(kernel, arguments, cancellationToken)).ConfigureAwait(false);
        if (returned is not IAsyncEnumerable<TResult> many)
        {
            yield return returned is TResult single
                ? single
                : throw new InvalidCastException($"'{Name}' does not return {typeof(TResult)}.");
            yield break;
        }

        await foreach (TResult item in many.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private object? Call(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return method.Invoke(target, MethodReading.Bind(method, this, kernel, arguments, cancellationToken));
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }

    private static async Task<object?> AwaitedAsync(object? returned)
    {
        Task? task = returned switch
        {
            Task already => already,
            ValueTask value => value.AsTask(),
            { } other when other.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
                (Task)type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(other, null)!,
            _ => null,
        };
        if (task is null)
            return returned;

        await task.ConfigureAwait(false);
        Type? generic = task.GetType();
        while (generic is not null && !(generic.IsGenericType && generic.GetGenericTypeDefinition() == typeof(Task<>)))
            generic = generic.BaseType;
        // The compiler types the task of a method that returns nothing as Task<VoidTaskResult>.
        return generic is null || !generic.GenericTypeArguments[0].IsVisible && generic.GenericTypeArguments[0].Name == "VoidTaskResult"
            ? null
            : generic.GetProperty(nameof(Task<>.Result))!.GetValue(task);
    }
}
