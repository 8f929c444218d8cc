using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

/// <summary>The machine's own Chromium, driven by Playwright. Tests skip where there is none: no browser is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Absent = "needs Chromium: apt-get install chromium, or name one in AGENTTRACE_CHROMIUM";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        string? path = Places.Prepend(Environment.GetEnvironmentVariable("AGENTTRACE_CHROMIUM")).FirstOrDefault(File.Exists);
        if (path is null)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,

            // As root, as in CI, Chromium has no sandbox; it opens nothing but our own pages.
            Args = Environment.UserName == "root" ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>A page of a new profile that fails the test when anything goes wrong in it.</summary>
    public async Task<OpenPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            Assert.Skip(Absent);
        }

        IBrowserContext context = await _browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        context.SetDefaultTimeout(20_000);
        return new OpenPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
