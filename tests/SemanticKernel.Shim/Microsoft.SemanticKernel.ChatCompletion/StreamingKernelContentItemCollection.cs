using System.Collections.ObjectModel;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>The pieces of a streamed message.</summary>
public class StreamingKernelContentItemCollection : Collection<StreamingKernelContent>
{
}
