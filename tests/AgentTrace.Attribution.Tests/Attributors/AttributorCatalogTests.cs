using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Tests.Attributors.BinarySearch;

namespace AgentTrace.Attribution.Tests.Attributors;

public sealed class AttributorCatalogTests
{
    [Fact]
    public void Create_EveryListedMethod_HasThatName()
    {
        using ScriptedJudge judge = new((_, _) => "upper half");

        Assert.Equal("structural", AttributorCatalog.Methods[0]);
        Assert.All(AttributorCatalog.Methods, method => Assert.Equal(method, AttributorCatalog.Create(method.ToUpperInvariant(), new() { Judge = judge, Ranker = TestRankers.OfScenarios }).Method));
    }

    [Fact]
    public void Create_NoName_PrefersTheModelWhereThereIsOne()
    {
        using ScriptedJudge judge = new((_, _) => "upper half");

        Assert.Equal("structural", AttributorCatalog.Create(null).Method);
        Assert.Equal("bayesian-search", AttributorCatalog.Create(null, new() { Judge = judge }).Method);
    }

    [Fact]
    public void Create_UnknownMethod_ListsTheKnownOnes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => AttributorCatalog.Create("guess"));

        Assert.Contains("\"guess\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("structural, learned, bayesian-search", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ModelMethodWithoutModel_SaysWhatToConfigure()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => AttributorCatalog.Create("binary-search"));

        Assert.Contains("Configure a judge", error.Message, StringComparison.Ordinal);
        Assert.True(AttributorCatalog.NeedsJudge("binary-search"));
        Assert.False(AttributorCatalog.NeedsJudge("structural"));
    }
}
