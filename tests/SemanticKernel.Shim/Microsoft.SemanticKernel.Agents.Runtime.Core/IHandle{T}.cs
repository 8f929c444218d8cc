namespace Microsoft.SemanticKernel.Agents.Runtime.Core;

/// <summary>Takes messages of one type.</summary>
public interface IHandle<in T>
{
    ValueTask HandleAsync(T item, MessageContext messageContext);
}
