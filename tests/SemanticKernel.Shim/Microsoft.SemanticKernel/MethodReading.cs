using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Microsoft.SemanticKernel;

/// <summary>What a method says of itself as a function, and how its arguments are bound.</summary>
internal static class MethodReading
{
    public static KernelFunctionMetadata Metadata(
        MethodInfo method,
        string? name,
        string? description,
        IEnumerable<KernelParameterMetadata>? parameters,
        KernelReturnParameterMetadata? returnParameter) => new(name ?? FunctionName(method))
        {
            Description = description ?? method.GetCustomAttribute<DescriptionAttribute>()?.Description,
            Parameters = [.. parameters ?? method.GetParameters().Where(parameter => !IsGiven(parameter.ParameterType)).Select(Parameter)],
            ReturnParameter = returnParameter ?? new() { ParameterType = method.ReturnType },
        };

    public static object?[] Bind(
        MethodInfo method, KernelFunction function, Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken) =>
        [.. method.GetParameters().Select(parameter => Bind(parameter, function, kernel, arguments, cancellationToken))];

    private static object? Bind(
        ParameterInfo parameter, KernelFunction function, Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        Type type = parameter.ParameterType;
        if (type == typeof(Kernel))
            return kernel;
        if (type == typeof(KernelArguments))
            return arguments;
        if (type == typeof(KernelFunction))
            return function;
        if (type == typeof(CancellationToken))
            return cancellationToken;
        if (arguments.TryGetValue(parameter.Name!, out object? value))
            return Converted(value, type, kernel.Culture);
        return parameter.HasDefaultValue
            ? parameter.DefaultValue
            : throw new KernelException($"Missing argument for function parameter '{parameter.Name}'");
    }

    private static object? Converted(object? value, Type type, CultureInfo culture)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => null,
            _ when target.IsInstanceOfType(value) => value,
            JsonElement json => json.Deserialize(type),
            _ when target == typeof(string) => Convert.ToString(value, culture),
            IConvertible when target.IsPrimitive || target == typeof(decimal) => Convert.ChangeType(value, target, culture),
            _ => throw new ArgumentException($"Cannot turn a {value.GetType()} into a {type}."),
        };
    }

    private static string FunctionName(MethodInfo method)
    {
        string name = method.GetCustomAttribute<KernelFunctionAttribute>()?.Name ?? method.Name;
        return name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    private static KernelParameterMetadata Parameter(ParameterInfo parameter) => new(parameter.Name!)
    {
        Description = parameter.GetCustomAttribute<DescriptionAttribute>()?.Description,
        ParameterType = parameter.ParameterType,
        DefaultValue = parameter.HasDefaultValue ? parameter.DefaultValue : null,
        IsRequired = !parameter.IsOptional,
    };

    private static bool IsGiven(Type type) =>
        type == typeof(Kernel) || type == typeof(KernelArguments) || type == typeof(KernelFunction) || type == typeof(CancellationToken);
}
