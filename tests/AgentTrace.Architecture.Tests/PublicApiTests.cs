using System.Reflection;
using AgentTrace.TestKit;

namespace AgentTrace.Architecture.Tests;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("AgentTrace.Conventions")]
    [InlineData("AgentTrace")]
    [InlineData("AgentTrace.Attribution")]
    [InlineData("AgentTrace.Store")]
    [InlineData("AgentTrace.Store.PostgreSql")]
    [InlineData("AgentTrace.Probe")]
    [InlineData("AgentTrace.Collector")]
    public void PublicApi_OfThePackage_IsAsListed(string package)
    {
        string listing = $"src/{package}/PublicApi.txt";

        IReadOnlyList<string> differences = PublicApiListing.Differences(Assembly.Load(package), listing);

        Assert.True(differences.Count == 0,
            $"Public API changed. Run the tests with {PublicApiListing.UpdateVariable}=1 and review the diff of {listing}:\n{string.Join('\n', differences)}");
    }
}
