using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

public sealed class AgentsPageTests(Browser browser)
{
    [Fact]
    public async Task Agents_OfTwoVersions_AreCountedByBlameHandoffAndVersion()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        for (byte id = 1; id <= 4; id++)
            await collector.SendAsync(Of(id, "1.0.0", failed: id <= 3));
        for (byte id = 5; id <= 8; id++)
            await collector.SendAsync(Of(id, "1.1.0", failed: id == 5));

        await open.GoAsync(collector.Address("/agents"));

        ILocator agents = open.Page.GetByRole(AriaRole.Group, new() { Name = "Who breaks runs, and how" }).Locator("tbody tr");
        Assert.Equal("Hotels 8 4 50 % tool error 4", Words(await agents.First.InnerTextAsync()));
        ILocator handoffs = open.Page.GetByRole(AriaRole.Group, new() { Name = "Who goes on after whom" });
        Assert.Contains("8 4 broke", Words(await handoffs.InnerTextAsync()), StringComparison.Ordinal);
        ILocator versions = open.Page.GetByRole(AriaRole.Group, new() { Name = "Version by version" }).Locator("tbody tr");
        Assert.EndsWith("4 3 75 % Hotels", Words(await versions.First.InnerTextAsync()), StringComparison.Ordinal);
        Assert.EndsWith("4 1 25 % 50 points fewer Hotels", Words(await versions.Last.InnerTextAsync()), StringComparison.Ordinal);

        await agents.First.GetByRole(AriaRole.Link).ClickAsync();
        Assert.Equal(4, await open.Page.Locator("tr.failure").CountAsync());
        Assert.Empty(open.Wrong);
    }

    private static TestTrace Of(byte id, string version, bool failed)
    {
        TestTrace trace = TestTrace.WithIgnoredToolError(id);
        trace.Request.ResourceSpans[0].Resource.Attributes.Add(TestTrace.Text("service.version", version));
        if (!failed)
            trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Single(attribute => attribute.Key == "agenttrace.run.outcome").Value.StringValue = "success";
        return trace;
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
