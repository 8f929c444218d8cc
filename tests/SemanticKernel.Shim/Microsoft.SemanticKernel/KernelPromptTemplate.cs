using System.Text.RegularExpressions;

namespace Microsoft.SemanticKernel;

/// <summary>Puts the arguments where the template names them.</summary>
internal sealed partial class KernelPromptTemplate(string template) : IPromptTemplate
{
    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Place().Replace(template, place =>
            arguments is not null && arguments.TryGetValue(place.Groups[1].Value, out object? value)
            ? Convert.ToString(value, kernel.Culture) ?? ""
            : ""));

    [GeneratedRegex(@"\{\{\s*\$(\w+)\s*\}\}")]
    private static partial Regex Place();
}
