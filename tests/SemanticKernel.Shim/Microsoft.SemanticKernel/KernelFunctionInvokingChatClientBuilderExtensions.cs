using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

/// <summary>Adds the answering of function calls through the kernel's filters.</summary>
public static class KernelFunctionInvokingChatClientBuilderExtensions
{
    public static ChatClientBuilder UseKernelFunctionInvocation(this ChatClientBuilder builder, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new KernelFunctionInvokingChatClient(inner, loggerFactory, services));
    }
}
