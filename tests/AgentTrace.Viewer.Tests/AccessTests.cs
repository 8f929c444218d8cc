using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

/// <summary>Whoever looks, with whatever: themes, widths, the keyboard alone, and axe-core's rules.</summary>
public sealed class AccessTests(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Pages_InBothThemesAndWidths_HaveNoAxeViolationAndFit(ColorScheme scheme, int width)
    {
        await using OpenPage open = await browser.OpenAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        await open.GoAsync(collector.Address("/runs"));
        Assert.Empty(await open.AxeAsync());
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError(1));
        RunRecord longRun = await collector.SendAsync(LongRuns.Failed(250, culprit: 30));

        foreach (string path in new[] { "/runs", "/runs?q=nothing", $"/runs/{record.Run.Id}", $"/runs/{longRun.Run.Id}", $"/runs/{record.Run.Id}/steps/1", "/agents", "/runs/0123" })
        {
            await open.GoAsync(collector.Address(path));
            Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width}");
            IReadOnlyList<string> violations = await open.AxeAsync();
            Assert.True(violations.Count == 0, $"{path}: {string.Join('\n', violations)}");
        }
    }

    [Fact]
    public async Task Themes_FollowTheSystem()
    {
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        var grounds = new List<string>();
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using OpenPage open = await browser.OpenAsync(new() { ColorScheme = scheme });
            await open.GoAsync(collector.Address("/runs"));
            grounds.Add(await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        }

        Assert.Equal(2, grounds.Distinct().Count());
    }

    [Fact]
    public async Task Keyboard_Alone_LeadsFromTheListToALabel()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        await open.GoAsync(collector.Address("/runs"));

        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(open));
        await open.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(open, "travel");
        await open.Page.Keyboard.PressAsync("Enter");
        // Not WaitForURLAsync: it misses a navigation that ends while it begins to wait.
        await open.Page.Locator("#verdict").WaitForAsync();
        Assert.Equal($"/runs/{record.Run.Id}", new Uri(open.Page.Url).AbsolutePath);
        await TabToAsync(open, "Step 1, Hotels");
        await TabToAsync(open, "Yes, step 1 is right");
        await open.Page.Keyboard.PressAsync("Enter");

        await open.Page.GetByText("confirmed").WaitForAsync();
    }

    private static async Task TabToAsync(OpenPage open, string name)
    {
        var passed = new List<string>();
        for (int i = 0; i < 60; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            passed.Add(await FocusedAsync(open));
            if (passed[^1].StartsWith(name, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"'{name}' was not reached: {string.Join(" | ", passed)}");
    }

    private static Task<string> FocusedAsync(OpenPage open) =>
        open.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? ''");
}
