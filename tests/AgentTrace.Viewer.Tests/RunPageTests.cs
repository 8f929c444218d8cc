using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer;
using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

public sealed class RunPageTests(Browser browser, ITestOutputHelper output)
{
    private const int MostBytes = 400 * 1024;

    [Fact]
    public async Task Run_WithACulprit_SaysWhoWhenAndWhyAndOpensThatStep()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync(viewer: new ViewerOptions { TraceUrl = "http://localhost:16686/trace/{traceId}?uiFind={spanId}" });
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());

        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));

        Assert.Equal("Hotels broke it at step 1", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(record.Attribution!.Reason, await open.Page.Locator(".verdict .reason").InnerTextAsync());
        Assert.Contains("no model asked", await open.Page.Locator(".verdict").InnerTextAsync(), StringComparison.Ordinal);
        ILocator culprit = open.Page.Locator("details.culprit");
        Assert.Equal(1, await culprit.CountAsync());
        Assert.NotNull(await culprit.GetAttributeAsync("open"));
        Assert.Contains("503 from the booking service", await culprit.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await open.Page.Locator(".timeline a.culprit").CountAsync());
        Assert.Equal(3, await open.Page.Locator(".timeline a.turn").CountAsync());
        Assert.Equal(1, await open.Page.Locator(".timeline .blame.culprit").CountAsync());
        Assert.Equal($"http://localhost:16686/trace/{record.Run.Id}?uiFind={record.Run.Steps[1].SpanId}",
            await open.Page.GetByRole(AriaRole.Link, new() { Name = "Open the trace" }).GetAttributeAsync("href"));
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Timeline_StepIsClicked_OpensItInTheTranscript()
    {
        await using OpenPage open = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(LongRuns.Failed(12, culprit: 8));
        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));
        Assert.False(await open.Page.Locator("#step-2").IsVisibleAsync());

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Step 2, Coder" }).ClickAsync();

        await open.Page.Locator("#step-2").WaitForAsync();
        Assert.Contains("Step 2: word", await open.Page.Locator("#step-2").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DeepLinkToAStep_OpensIt()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(LongRuns.Failed(12, culprit: 8));

        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}#step-0"));

        await open.Page.Locator("#step-0").WaitForAsync();
        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}/steps/3"));
        Assert.Equal("Step 3, Reviewer", await open.Page.Locator("h1").InnerTextAsync());
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Step 4" }).ClickAsync();
        Assert.Equal("Step 4, Writer", await open.Page.Locator("h1").InnerTextAsync());
    }

    [Fact]
    public async Task Run_OfAThousandSteps_IsASmallPageThatLeadsToEveryStep()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(LongRuns.Failed(1_000, culprit: 612, wordsPerStep: 400));
        Assert.Equal((1_000, 612), (record.Run.Steps.Count, record.Attribution!.Step));
        Uri address = collector.Address($"/runs/{record.Run.Id}");
        await open.GoAsync(address);

        string html = await open.GoAsync(address);

        double firstPaint = await open.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        int bytes = System.Text.Encoding.UTF8.GetByteCount(html);
        output.WriteLine($"1000 steps: {bytes / 1024} KiB of HTML, first contentful paint {firstPaint:0} ms");
        Assert.InRange(bytes, 1, MostBytes);
        Assert.True(await open.Page.Locator("#step-612").IsVisibleAsync());
        Assert.Equal(0, await open.Page.Locator("#step-5").CountAsync());

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Later steps" }).First.ClickAsync();
        await open.Page.GetByText("Transcript: steps 692 to 791 of 1000").WaitForAsync();
        html = await open.GoAsync(collector.Address($"/runs/{record.Run.Id}?from=950"));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 1, MostBytes);
        Assert.Equal(50, await open.Page.Locator("details.said").CountAsync());
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Run_NotKeptHere_IsA404ThatSaysSo()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();

        IResponse? answer = await open.Page.GotoAsync(collector.Address($"/runs/{new string('a', 32)}").ToString());

        Assert.Equal(404, answer!.Status);
        Assert.Contains("No finished run with the trace id", await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }
}
