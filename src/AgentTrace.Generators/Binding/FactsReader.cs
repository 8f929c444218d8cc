using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentTrace.Generators.Binding;

/// <summary>Looks once at what the compilation references.</summary>
internal static class FactsReader
{
    public static FrameworkFacts Read(Compilation compilation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool Has(string name) => compilation.GetTypeByMetadataName(name) is not null;
        return new FrameworkFacts(
            Has(FrameworkNames.Sdk),
            compilation is CSharpCompilation csharp ? (int)csharp.LanguageVersion : 0,
            Has(FrameworkNames.OpenAIUsage),
            Has(FrameworkNames.ChatHistoryThread),
            Has(FrameworkNames.ChatClientSession),
            compilation.GetTypeByMetadataName(FrameworkNames.Workflow)?.GetMembers("Name").OfType<IPropertySymbol>().Any() == true,
            RuntimeShapes.Read(compilation));
    }
}
