using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentTrace.Collector.Tests.Storing;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>The dashboards of the sample ask for what a collector exports and stores: they are held against one that has judged a run.</summary>
public sealed partial class DashboardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfEveryPanel_AreThoseACollectorExports_WithTheLabelsThatAreAskedFor()
    {
        using var published = new PublishedMetrics();
        await using var store = new RecordedStore();
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.GrpcEndpoint], options => new()
        {
            HttpPort = 0, GrpcPort = 0, QuietTime = options.QuietTime, Forward = options.Forward, MetricInterval = TimeSpan.FromMilliseconds(200), Store = store,
        });
        await using RunningCollector holding = await RunningCollector.StartAsync(sink => [sink.GrpcEndpoint], options => new() { HttpPort = 0, GrpcPort = 0, Forward = options.Forward, Mode = CollectorMode.Hold });
        await collector.Client.PostAsync([0xFF], Cancel);
        await collector.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        ReceivedSignal came = await collector.Sink.WaitForSignalAsync(signal => signal.Signal == "metrics" && ExportedMetrics.Of(signal).ContainsKey("agenttrace_attributions_total"), Cancel);
        IReadOnlyDictionary<string, IReadOnlySet<string>> exported = ExportedMetrics.Of(came);

        int labelled = 0;
        foreach (string expression in ObservabilitySample.Dashboards.SelectMany(file => ObservabilitySample.TextsOf(ObservabilitySample.Dashboard(file), "expr")))
        {
            string[] names = [.. Metric().Matches(expression).Select(match => match.Value)];
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(published.Names.Contains(name), $"no collector exports {name}, asked for in {expression}"));
            foreach (Match selected in Selected().Matches(expression))
                if (exported.TryGetValue(selected.Groups["name"].Value, out IReadOnlySet<string>? labels))
                    foreach (Match label in Label().Matches(selected.Groups["labels"].Value))
                    {
                        Assert.Contains(label.Groups[1].Value, labels);
                        labelled++;
                    }

            if (names.Distinct().Count() == 1 && exported.TryGetValue(names[0], out IReadOnlySet<string>? all))
                Assert.All(Grouped().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(", ")), label => Assert.Contains(label, (string[])["le", .. all]));
        }

        Assert.True(labelled > 50, $"{labelled} labels were looked at");
    }

    [Fact]
    public async Task SpanQueries_OfEveryPanel_FindTheJudgedRun_WithAttributesForTheColumns()
    {
        await using var store = new RecordedStore();
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.GrpcEndpoint], options => new()
        {
            HttpPort = 0, GrpcPort = 0, QuietTime = options.QuietTime, Forward = options.Forward, Store = store,
        });
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await collector.Client.PostAsync(trace.Bytes, Cancel);
        await collector.Sink.WaitForAsync(spans => spans.Any(span => span.Name == "decisive_error"), Cancel);
        await collector.Host.StopAsync(Cancel);
        await using CollectorHost reader = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Store = store });
        await reader.StartAsync(Cancel);
        using var api = new ApiClient(reader.HttpAddress);

        string[] queries = [.. ObservabilitySample.Dashboards.SelectMany(file => ObservabilitySample.SpanQueries(ObservabilitySample.Dashboard(file)))];
        Assert.Equal(3, queries.Length);
        foreach (string query in queries)
        {
            (HttpStatusCode status, JsonElement answer) = await api.GetAsync("/tempo/api/search?q=" + Uri.EscapeDataString(query));

            Assert.True(status == HttpStatusCode.OK, $"{query}: {answer}");
            JsonElement found = Assert.Single(answer.GetProperty("traces").EnumerateArray());
            JsonElement span = Assert.Single(found.GetProperty("spanSets")[0].GetProperty("spans").EnumerateArray());
            string[] attributes = [.. span.GetProperty("attributes").EnumerateArray().Select(attribute => attribute.GetProperty("key").GetString()!)];
            Assert.All(Attribute().Matches(query).Select(match => match.Groups[1].Value), name => Assert.Contains(name, attributes));
        }
    }

    [Fact]
    public void Panels_DoNotOverlap_AndIdsAreUnique()
    {
        Assert.Equal(["cost.json", "failures.json", "runs.json"], ObservabilitySample.Dashboards);
        foreach (JsonElement dashboard in ObservabilitySample.Dashboards.Select(ObservabilitySample.Dashboard))
        {
            JsonElement[] panels = [.. dashboard.GetProperty("panels").EnumerateArray()];
            Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
            (int X, int Y)[] cells = [.. panels.Select(panel => panel.GetProperty("gridPos")).SelectMany(at =>
                from x in Enumerable.Range(at.GetProperty("x").GetInt32(), at.GetProperty("w").GetInt32())
                from y in Enumerable.Range(at.GetProperty("y").GetInt32(), at.GetProperty("h").GetInt32())
                select (x, y))];
            Assert.Equal(cells.Length, cells.Distinct().Count());
            Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
        }
    }

    [GeneratedRegex("agenttrace_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<name>agenttrace_[a-z_]+)\{(?<labels>[^}]*)\}")]
    private static partial Regex Selected();

    [GeneratedRegex(@"([a-z_]+)(?==~|!=|=)")]
    private static partial Regex Label();

    [GeneratedRegex(@"by \(([a-z_, ]+)\)")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"span\.(agenttrace[a-z_.]+)")]
    private static partial Regex Attribute();
}
