using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AgentTrace.TestKit;

/// <summary>Writes types and members the way C# declares them.</summary>
internal sealed class ApiSignatures
{
    private readonly NullabilityInfoContext _nullability = new();

    public static string Of(Type type)
    {
        string kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsSealed: true } => "sealed class",
            { IsAbstract: true } => "abstract class",
            _ => "class",
        };
        IEnumerable<string> bases = type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && !type.IsValueType && parent != typeof(object))
            bases = bases.Prepend(Name(parent));
        string inherited = string.Join(", ", bases);
        return $"{FullName(type)}: {kind}{(inherited.Length > 0 && !type.IsEnum ? " : " + inherited : "")}";
    }

    /// <summary>The member, or null when users cannot see it or it is listed as part of another (accessors).</summary>
    public string? Of(MemberInfo member)
    {
        string owner = FullName(member.DeclaringType!);
        return member switch
        {
            FieldInfo field when IsVisible(field) && !field.IsSpecialName => $"{owner}.{field.Name}: {Field(field)}",
            PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => $"{owner}.{property.Name}: {Property(property)}",
            ConstructorInfo constructor when IsVisible(constructor) => $"{owner}.new({Parameters(constructor)})",
            MethodInfo method when IsVisible(method) && !method.IsSpecialName => $"{owner}.{Method(method)}",
            EventInfo added when added.AddMethod is { } add && IsVisible(add) => $"{owner}.{added.Name}: event {Name(added.EventHandlerType!)}",
            _ => null,
        };
    }

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private string Field(FieldInfo field) => field switch
    {
        { IsLiteral: true } => $"const {Name(field.FieldType)} = {Literal(field.GetRawConstantValue())}",
        _ => $"{Static(field.IsStatic)}{(field.IsInitOnly ? "readonly " : "")}{Annotated(_nullability.Create(field))}",
    };

    private string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];
        string verbs = string.Concat(accessors.Select(accessor => accessor == property.GetMethod ? " get;" : IsInit(accessor) ? " init;" : " set;"));
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Static(accessors[0].IsStatic)}{required}{Annotated(_nullability.Create(property))} {{{verbs} }}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private string Method(MethodInfo method)
    {
        string generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        string receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{method.Name}{generics}({receiver}{Parameters(method)}): {Static(method.IsStatic)}{Annotated(_nullability.Create(method.ReturnParameter))}";
    }

    private string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Annotated(_nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "")}"));

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Annotated(NullabilityInfo info)
    {
        Type type = info.Type;
        string name = info.ElementType is { } element ? Annotated(element) + "[]"
            : info.GenericTypeArguments.Length > 0 && Nullable.GetUnderlyingType(type) is null
                ? $"{Bare(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Annotated))}>"
                : Name(type);
        return !type.IsValueType && info.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }

    private static string FullName(Type type) =>
        type.DeclaringType is { } outer ? $"{FullName(outer)}.{Name(type)}" : $"{type.Namespace}.{Name(type)}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        return type.IsGenericType ? $"{Bare(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : Bare(type);
    }

    private static string Bare(Type type) => type.FullName switch
    {
        "System.String" => "string",
        "System.Boolean" => "bool",
        "System.Int32" => "int",
        "System.Int64" => "long",
        "System.UInt64" => "ulong",
        "System.Double" => "double",
        "System.Object" => "object",
        "System.Void" => "void",
        _ => type.Name.Split('`')[0],
    };
}
