using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Attributors.Structural;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors;

/// <summary>The attribution methods by name, as the command line and the collector's settings call them.</summary>
public static class AttributorCatalog
{
    /// <summary>The names of all methods, in the order in which to list them.</summary>
    public static IReadOnlyList<string> Methods { get; } = [StructuralAttributor.MethodName, BinarySearchAttributor.MethodName];

    /// <summary>Whether a method asks a model.</summary>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static bool NeedsJudge(string method) => Known(method) == BinarySearchAttributor.MethodName;

    /// <summary>The method used when none is named: structural without a model, else binary search.</summary>
    public static string DefaultMethod(IChatClient? judge) => judge is null ? StructuralAttributor.MethodName : BinarySearchAttributor.MethodName;

    /// <summary>Creates the attributor of a method.</summary>
    /// <param name="method">One of <see cref="Methods"/>, whatever its case; null for <see cref="DefaultMethod"/>.</param>
    /// <param name="judge">The model for the methods that ask one; null where none is configured. The caller keeps it and disposes it.</param>
    /// <param name="binarySearch">Settings of binary search; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such method, or it needs a model and there is none; the message says what to do.</exception>
    public static IFailureAttributor Create(string? method, IChatClient? judge = null, BinarySearchOptions? binarySearch = null)
    {
        string known = Known(method ?? DefaultMethod(judge));
        if (known == StructuralAttributor.MethodName)
            return new StructuralAttributor();
        return judge is null
            ? throw new ArgumentException(
                $"The method {known} asks a model, and none is configured. Configure a judge (endpoint, model and key of a chat model), or use the method {StructuralAttributor.MethodName}.",
                nameof(judge))
            : new BinarySearchAttributor(judge, binarySearch);
    }

    private static string Known(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Methods.FirstOrDefault(name => name.Equals(method.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no attribution method \"{method}\". Use one of: {string.Join(", ", Methods)}.", nameof(method));
    }
}
