using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

/// <summary>Fine print of a function choice.</summary>
public sealed class FunctionChoiceBehaviorOptions
{
    public bool? AllowParallelCalls { get; set; }

    public bool AllowConcurrentInvocation { get; set; }

    public bool AllowStrictSchemaAdherence { get; set; }

    [Experimental("SKEXP0001")]
    public bool RetainArgumentTypes { get; set; }
}
