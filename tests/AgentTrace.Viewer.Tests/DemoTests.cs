using AgentTrace.TestKit;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

/// <summary>The way of somebody who has just heard of it: one command, one address, the culprit; and the way of real logs.</summary>
public sealed class DemoTests(Browser browser, ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_PrintsTheAddressOfTheCulpritsPage()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using CliProcess demo = CliProcess.Start("demo");
        string line = await demo.WaitForErrorLineAsync("the culprit's page is", Cancel);

        await open.GoAsync(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]));

        Assert.Equal("Hotels broke it at step 3", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Contains("book_hotel", await open.Page.Locator("details.culprit").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("no hotel room is booked", await open.Page.Locator(".verdict .eyebrow").InnerTextAsync(), StringComparison.Ordinal);
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).First.ClickAsync();
        Assert.Equal(3, await open.Page.Locator("tr.failure").CountAsync());
        await demo.TerminateAsync(Cancel);
        CliResult result = await demo.WaitAsync(Cancel);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Open the culprit:", result.Output, StringComparison.Ordinal);
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task RealLogs_EveryOne_HasAPageThatNamesWhoIsBlamed()
    {
        if (SharedData.Folder("who-and-when") is not { } folder)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        IReadOnlyList<string> logs = SharedData.WhoAndWhenLogs();
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        CliResult sent = await CliProcess.RunAsync(Cancel, "replay", folder, "--endpoint", collector.Host.HttpAddress.ToString());
        Assert.True(sent.ExitCode == 0, sent.Error);

        int largest = 0;
        for (int i = 0; i < logs.Count; i++)
        {
            Collector.Storage.RunRecord record = await collector.NextAsync();
            string html = await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));
            largest = Math.Max(largest, html.Length);
            string who = record.Attribution!.Confidence >= 0.5
                ? $"{record.Attribution.Agent} broke it at step {record.Attribution.Step}"
                : $"Look first at {record.Attribution.Agent}, step {record.Attribution.Step}";
            Assert.Equal(who, await open.Page.Locator("h1").InnerTextAsync());
            Assert.True(await open.Page.Locator($"#step-{record.Attribution.Step}").IsVisibleAsync(), record.Run.Id);
        }

        output.WriteLine($"{logs.Count} logs, the largest page {largest / 1024} KiB");
        Assert.InRange(largest, 1, 400 * 1024);
        Assert.Empty(open.Wrong);
    }
}
