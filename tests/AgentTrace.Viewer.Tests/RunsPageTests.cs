using AgentTrace.Attribution.Attributors;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

public sealed class RunsPageTests(Browser browser)
{
    [Fact]
    public async Task Runs_NoRunHasCome_TeachesTheFirstStep()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();

        await open.GoAsync(collector.Address("/"));

        Assert.Equal("/runs", new Uri(open.Page.Url).AbsolutePath);
        Assert.True(await open.Page.GetByRole(AriaRole.Heading, new() { Name = "No run has come yet" }).IsVisibleAsync());
        string text = await open.Page.Locator("main").InnerTextAsync();
        Assert.Contains("AddAgentTraceInstrumentation", text, StringComparison.Ordinal);
        Assert.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Host.HttpAddress.ToString().TrimEnd('/')}", text, StringComparison.Ordinal);
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Runs_ARunFailsWhileOneLooks_AppearsWithoutReloading()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        await collector.SendAsync(Succeeded(2));
        await open.GoAsync(collector.Address("/runs"));
        Assert.True(await open.Page.GetByText("No run has failed.").IsVisibleAsync());

        await collector.SendAsync(TestTrace.WithIgnoredToolError());

        await open.Page.Locator("tr.failure").WaitForAsync();
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Runs_SomebodyGoesIntoTheListWhileItIsFetched_KeepsTheFocus()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        await collector.SendAsync(TestTrace.WithIgnoredToolError(1));
        await open.Page.Clock.InstallAsync();
        await open.GoAsync(collector.Address("/runs"));
        var asked = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await open.Page.RouteAsync("**/runs", route => asked.TrySetResult(route));
        await collector.SendAsync(TestTrace.WithIgnoredToolError(2));
        await open.Page.Clock.FastForwardAsync(6_000);
        IRoute route = await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        ILocator link = open.Page.Locator("tr.failure th a").First;
        await link.FocusAsync();
        await open.Page.RunAndWaitForResponseAsync(() => route.ContinueAsync(), "**/runs");
        await open.Page.UnrouteAllAsync();

        // What the script does with the answer is done before the page answers this.
        Assert.Equal("A", await open.Page.EvaluateAsync<string>("async () => { await fetch(location.href); return document.activeElement.tagName; }"));
        Assert.Equal(1, await open.Page.Locator("tr.failure").CountAsync());
        await open.Page.EvaluateAsync("() => document.activeElement.blur()");
        await open.Page.Clock.FastForwardAsync(6_000);
        await open.Page.Locator("tr.failure").Nth(1).WaitForAsync();
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Runs_SomeFailed_StandsThemFirstWithWhoBrokeThem()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord failed = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        await collector.SendAsync(Succeeded(2));

        await open.GoAsync(collector.Address("/runs"));

        ILocator rows = open.Page.Locator("tbody tr");
        Assert.Equal(2, await rows.CountAsync());
        string first = await rows.First.InnerTextAsync();
        Assert.Contains("Hotels", first, StringComparison.Ordinal);
        Assert.Contains("step 1 of 3", first, StringComparison.Ordinal);
        Assert.Contains("tool error", first, StringComparison.Ordinal);
        Assert.Contains("just now", first, StringComparison.Ordinal);
        Assert.Contains("free", first, StringComparison.Ordinal);
        Assert.Equal($"/runs/{failed.Run.Id}", await rows.First.Locator("a").GetAttributeAsync("href"));
        Assert.Contains("succeeded", await rows.Last.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_WithoutJavaScript_NarrowTheListAndStandInTheAddress()
    {
        await using OpenPage open = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        await collector.SendAsync(TestTrace.WithIgnoredToolError(1));
        await collector.SendAsync(Succeeded(2));
        RunRecord coder = await collector.SendAsync(LongRuns.Failed(8, culprit: 2));
        await open.GoAsync(collector.Address("/runs"));
        Assert.Equal(2, await open.Page.Locator("tr.failure").CountAsync());

        await open.Page.GetByLabel("Agent").SelectOptionAsync("Coder");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        Assert.Equal($"/runs/{coder.Run.Id}", await open.Page.Locator("tbody a").GetAttributeAsync("href"));
        Assert.Contains("agent=Coder", open.Page.Url, StringComparison.Ordinal);

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await open.Page.GetByLabel("Search").FillAsync(coder.Run.Id[^6..]);
        await open.Page.GetByLabel("Search").PressAsync("Enter");
        Assert.Equal(1, await open.Page.Locator("tbody tr").CountAsync());

        await open.Page.GetByLabel("Search").FillAsync("nobody is called so");
        await open.Page.GetByLabel("Search").PressAsync("Enter");
        Assert.True(await open.Page.GetByText("No run matches.").IsVisibleAsync());

        await open.GoAsync(collector.Address("/runs?outcome=success"));
        Assert.Equal(1, await open.Page.Locator("tr.success").CountAsync());
        Assert.Equal(0, await open.Page.Locator("tr.failure").CountAsync());
    }

    [Fact]
    public async Task Runs_MoreThanAPage_LeadsOnToTheOlderOnesOnceEach()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        for (byte id = 1; id <= 30; id++)
            await collector.SendAsync(TestTrace.WithIgnoredToolError(id));

        await open.GoAsync(collector.Address("/runs"));
        string[] first = await open.Page.Locator("tbody a").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Older runs" }).ClickAsync();
        string[] second = await open.Page.Locator("tbody a").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");

        Assert.Equal((25, 5), (first.Length, second.Length));
        Assert.Equal(30, first.Union(second).Count());
    }

    [Theory]
    [InlineData(AttributionVerdict.NoAgentAtFault, "no agent at fault", "No agent at fault")]
    [InlineData(AttributionVerdict.Abstained, "no one is named", "No one is named")]
    public async Task Verdicts_ThatBlameNobody_AreSaidHonestly(AttributionVerdict verdict, string inList, string onPage)
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync(new FixedVerdict(verdict, "The power went out."));
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());

        await open.GoAsync(collector.Address("/runs"));
        Assert.Contains(inList, await open.Page.Locator("tr.failure").InnerTextAsync(), StringComparison.Ordinal);

        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));
        Assert.Equal(onPage, await open.Page.Locator("h1").InnerTextAsync());
        string card = await open.Page.Locator(".verdict").InnerTextAsync();
        Assert.Contains("The power went out.", card, StringComparison.Ordinal);
        Assert.Contains("3 model calls, 4,200 tokens", card, StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator(".said.culprit").CountAsync());
        Assert.Equal(0, await open.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, step" }).CountAsync());
    }

    private static TestTrace Succeeded(byte id)
    {
        var trace = new TestTrace(id);
        Span run = trace.AddRun("success");
        trace.AddTurn(run, "Concierge", 0, "Your trip is arranged.");
        return trace;
    }
}
