namespace Microsoft.SemanticKernel.Agents.Runtime.Core;

/// <summary>Takes messages of one type and answers them.</summary>
public interface IHandle<in TIn, TOut>
{
    ValueTask<TOut> HandleAsync(TIn item, MessageContext messageContext);
}
