using AgentTrace.Collector.Storage;
using AgentTrace.Store.Sqlite;
using AgentTrace.TestKit;
using AgentTrace.Viewer.Tests.Probes;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

/// <summary>The pictures in the docs, of the demo's own runs and of a recorded probe. <c>AGENTTRACE_PICTURES=1</c> writes them to docs/images; else they are only taken.</summary>
public sealed class PictureTests(Browser browser) : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("agenttrace-pictures").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => Environment.GetEnvironmentVariable("AGENTTRACE_PICTURES") == "1" ? Path.Combine(SharedData.RepositoryRoot, "docs", "images") : _scratch;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_OfTheDemo_ArePictured(ColorScheme scheme)
    {
        await using OpenPage open = await OpenAsync(scheme);
        await using CliProcess demo = CliProcess.Start("demo");
        string line = await demo.WaitForErrorLineAsync("the culprit's page is", Cancel);
        var culprit = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);

        await open.GoAsync(culprit);
        await PictureAsync(open, "run", scheme);
        await open.GoAsync(new Uri(culprit, "/runs"));
        await PictureAsync(open, "runs", scheme);
        await open.GoAsync(new Uri(culprit, "/agents"));
        await PictureAsync(open, "agents", scheme);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Circuit_OfARecordedProbe_IsPictured(ColorScheme scheme)
    {
        await using OpenPage open = await OpenAsync(scheme);
        await using var store = new SqliteTraceStore(Path.Combine(_scratch, "runs.db"));
        await using ViewedCollector collector = await ViewedCollector.StartAsync(store: store);
        await collector.Client.PostAsync(ProbedRun.Recorded, Cancel, "application/json");
        RunRecord record = await collector.NextAsync();
        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));

        await open.Page.Locator("section:has(#probes) tbody a").First.ClickAsync();

        await open.Page.Locator(".circuit").WaitForAsync();
        await PictureAsync(open, "probe", scheme);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private Task<OpenPage> OpenAsync(ColorScheme scheme) => browser.OpenAsync(new()
    {
        ColorScheme = scheme,
        ViewportSize = new() { Width = 1360, Height = 800 },
        DeviceScaleFactor = 1.5f,
        ReducedMotion = ReducedMotion.Reduce,
    });

    private async Task PictureAsync(OpenPage open, string page, ColorScheme scheme)
    {
        string file = Path.Combine(Folder, $"viewer-{page}-{scheme.ToString().ToLowerInvariant()}.png");
        await open.Page.ScreenshotAsync(new() { Path = file });
        Assert.InRange(new FileInfo(file).Length, 10_000, 600_000);
    }
}
