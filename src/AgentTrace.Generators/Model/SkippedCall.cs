using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Model;

/// <summary>One call site that is left alone, and why.</summary>
internal sealed record SkippedCall(string Path, TextSpan Span, LinePositionSpan Lines, string Method, string Reason)
{
    public Location Location => Location.Create(Path, Span, Lines);
}
