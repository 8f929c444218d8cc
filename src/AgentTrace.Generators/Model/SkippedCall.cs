using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Model;

/// <summary>One call site that is left alone, because the compiler offers no interceptable location for it.</summary>
internal sealed record SkippedCall(string Path, TextSpan Span, LinePositionSpan Lines, string Method)
{
    public Location Location => Location.Create(Path, Span, Lines);
}
