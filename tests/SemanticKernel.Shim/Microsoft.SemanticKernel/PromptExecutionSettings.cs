namespace Microsoft.SemanticKernel;

/// <summary>How a model is to be called.</summary>
public class PromptExecutionSettings
{
    public static string DefaultServiceId => "default";

    public string? ServiceId
    {
        get;
        set { ThrowIfFrozen(); field = value; }
    }

    public string? ModelId
    {
        get;
        set { ThrowIfFrozen(); field = value; }
    }

    public FunctionChoiceBehavior? FunctionChoiceBehavior
    {
        get;
        set { ThrowIfFrozen(); field = value; }
    }

    public IDictionary<string, object>? ExtensionData
    {
        get;
        set { ThrowIfFrozen(); field = value; }
    }

    public bool IsFrozen { get; private set; }

    public virtual void Freeze() => IsFrozen = true;

    public virtual PromptExecutionSettings Clone() => new()
    {
        ServiceId = ServiceId,
        ModelId = ModelId,
        FunctionChoiceBehavior = FunctionChoiceBehavior,
        ExtensionData = ExtensionData is null ? null : new Dictionary<string, object>(ExtensionData),
    };

    protected void ThrowIfFrozen()
    {
        if (IsFrozen)
            throw new InvalidOperationException("PromptExecutionSettings are frozen and cannot be modified.");
    }
}
