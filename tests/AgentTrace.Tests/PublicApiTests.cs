using System.Reflection;
using AgentTrace.Conventions;
using AgentTrace.TestKit;

namespace AgentTrace.Tests;

public sealed class PublicApiTests
{
    private const string HowToUpdate = $"Public API changed. Run the tests with {PublicApiListing.UpdateVariable}=1 and review the diff of ";

    [Fact]
    public void AgentTrace_PublicApi_IsAsListed() => Check(typeof(AgentRun).Assembly, "src/AgentTrace/PublicApi.txt");

    [Fact]
    public void Conventions_PublicApi_IsAsListed() => Check(typeof(ActivitySources).Assembly, "src/AgentTrace.Conventions/PublicApi.txt");

    private static void Check(Assembly assembly, string path)
    {
        IReadOnlyList<string> differences = PublicApiListing.Differences(assembly, path);
        Assert.True(differences.Count == 0, $"{HowToUpdate}{path}:\n{string.Join('\n', differences)}");
    }
}
