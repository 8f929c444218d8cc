using System.Xml.Linq;
using AgentTrace.TestKit;

namespace AgentTrace.Architecture.Tests;

public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["AgentTrace.Conventions"] = [],
        ["AgentTrace"] = ["AgentTrace.Conventions"],
        ["AgentTrace.Attribution"] = ["AgentTrace.Conventions"],
        ["AgentTrace.Store"] = [],
        ["AgentTrace.Store.PostgreSql"] = ["AgentTrace.Store"],
        ["AgentTrace.Collector"] = ["AgentTrace.Attribution", "AgentTrace.Store"],
        ["AgentTrace.Analyzers"] = [],
        ["AgentTrace.CodeFixes"] = ["AgentTrace.Analyzers"],
        ["AgentTrace.Generators"] = [],
        ["AgentTrace.Probe"] = ["AgentTrace.Conventions"],
        ["AgentTrace.Cli"] = ["AgentTrace", "AgentTrace.Collector", "AgentTrace.Probe", "AgentTrace.Store", "AgentTrace.Store.PostgreSql"],
    };

    [Fact]
    public void Projects_ReferenceEachOtherOnlyAlongTheArrows()
    {
        string[] projects = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories);

        Assert.Equal(Allowed.Keys.Order(), projects.Select(Path.GetFileNameWithoutExtension).Order());
        foreach (string project in projects)
        {
            string[] references = [.. XDocument.Load(project).Descendants("ProjectReference")
                .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
            Assert.Empty(references.Except(Allowed[Path.GetFileNameWithoutExtension(project)]));
        }
    }

    [Fact]
    public void ShippedProjects_NeverReferenceAnAgentFramework()
    {
        foreach (string project in Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(XDocument.Load(project).Descendants("PackageReference"), reference =>
                reference.Attribute("Include")!.Value is var id
                && (id.StartsWith("Microsoft.SemanticKernel", StringComparison.Ordinal) || id.StartsWith("Microsoft.Agents", StringComparison.Ordinal)));
        }
    }
}
