using System.Text;
using System.Text.Json.Nodes;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests.Learning;

public sealed class RankerFileTests
{
    private static readonly byte[] Written = Write(TestRankers.OfScenarios);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrittenAndRead_IsTheSameRanker()
    {
        StepRanker read = RankerFile.Read("ranker.json", Written);

        Assert.Equal(TestRankers.OfScenarios.Id, read.Id);
        Assert.Equal(Written, Write(read));
        AgentRun run = TestRuns.Of(TestRuns.Step("Planner", "Look."), TestRuns.Step("Searcher", "I assume that all 3 are open."), TestRuns.Step("Writer", "The table has 4 rows."));
        FailureAttribution before = await new LearnedAttributor(TestRankers.OfScenarios).AttributeAsync(run, Cancel), after = await new LearnedAttributor(read).AttributeAsync(run, Cancel);
        Assert.Equal(before.Ranking, after.Ranking);
        Assert.Equal(before.Confidence, after.Confidence);
    }

    [Fact]
    public void Written_HoldsNoWordOfTheRuns_AndFitsTheLimitManyTimes()
    {
        string text = Encoding.UTF8.GetString(Written);

        Assert.DoesNotContain("Searcher", text, StringComparison.Ordinal);
        Assert.InRange(Written.Length, 1, RankerFile.MaxBytes / 4);
    }

    [Theory]
    [InlineData("version", "2", "$.version is 2, and this version of AgentTrace reads 3")]
    [InlineData("format", "\"other\"", "$.format is not \"agenttrace-ranker\"")]
    [InlineData("trustByModels", "-1", "$.trustByModels is not a number from 0")]
    [InlineData("choiceBySignals", "\"1\"", "$.choiceBySignals is not a number")]
    [InlineData("unlikenessLimit", "0", "$.unlikenessLimit is not a number")]
    [InlineData("trainingRuns", "0", "$.trainingRuns is not a whole number from 1")]
    [InlineData("features", "[]", "$.features is not a list of the")]
    [InlineData("features/0/name", "\"secret.feature\"", "$.features[0].name is not \"place.log-index\"")]
    [InlineData("features/3/broad", "1e7", "$.features[3].broad is not a number from -1000000 to 1000000")]
    [InlineData("features/3/core", "null", "$.features[3].core is not a number")]
    [InlineData("trees", "{}", "$.trees is not a list of 0 to 1000 trees")]
    [InlineData("trees/0/features/1", "100000", "$.trees[0].features[1] is not a whole number from 0 to")]
    [InlineData("trees/0/features/1", "1.5", "$.trees[0].features[1] is not a whole number")]
    [InlineData("trees/2/values", "[1,2,3]", "$.trees[2].values is not a list of 4 numbers")]
    [InlineData("trees/2/values/3", "-1e300", "$.trees[2].values[3] is not a number from -1000000 to 1000000")]
    public void Read_PartThatIsOff_IsRefusedWithItsPlaceAndWhatIsAllowed(string path, string value, string message)
    {
        JsonNode ranker = JsonNode.Parse(Written)!;
        JsonNode parent = ranker;
        string[] parts = path.Split('/');
        foreach (string part in parts[..^1])
            parent = int.TryParse(part, out int index) ? parent[index]! : parent[part]!;
        if (int.TryParse(parts[^1], out int last))
            parent[last] = JsonNode.Parse(value);
        else
            parent[parts[^1]] = JsonNode.Parse(value);

        RankerFormatException e = Assert.Throws<RankerFormatException>(() => RankerFile.Read("ranker.json", Encoding.UTF8.GetBytes(ranker.ToJsonString())));

        Assert.StartsWith("ranker.json: " + message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesChangedAtRandom_IsReadOrRefused()
    {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++)
        {
            byte[] changed = [.. Written.AsSpan(0, random.Next(8) == 0 ? random.Next(Written.Length) : Written.Length)];
            for (int change = random.Next(1, 6); change > 0 && changed.Length > 0; change--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotNull(RankerFile.Read("ranker.json", changed));
            }
            catch (RankerFormatException e)
            {
                Assert.StartsWith("ranker.json: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Write(StepRanker ranker)
    {
        using var stream = new MemoryStream();
        RankerFile.Write(ranker, stream);
        return stream.ToArray();
    }
}
