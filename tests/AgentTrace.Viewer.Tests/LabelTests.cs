using System.Net;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Sqlite;
using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

public sealed class LabelTests(Browser browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agenttrace-viewer").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_IsPressed_BecomesALabelInTheStore()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using var store = new SqliteTraceStore(Path.Combine(_folder, "runs.db"));
        await using ViewedCollector collector = await ViewedCollector.StartAsync(store: store);
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, step 1 is right" }).ClickAsync();

        await open.Page.GetByText("confirmed").WaitForAsync();
        PostedLabel label = Assert.Single(await store.ListLabelsAsync(cancellationToken: Cancel));
        Assert.Equal((record.Run.Id, "Hotels", 1, ""), (label.TraceId.ToString("x32"), label.Agent, label.Step, label.Reason));
        await open.GoAsync(collector.Address("/runs"));
        Assert.Contains("labelled", await open.Page.Locator("tbody tr").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task AnotherStep_IsPicked_BecomesALabelWithNameAndReason()
    {
        await using OpenPage open = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));

        await open.Page.GetByText("Add your name and why").ClickAsync();
        await open.Page.GetByLabel("Name").FillAsync("Ada");
        await open.Page.GetByLabel("Why").FillAsync("The flight was never booked.");
        await open.Page.Locator("details:has(#step-0) > summary").ClickAsync();
        await open.Page.Locator("#step-0").GetByRole(AriaRole.Button, new() { Name = "This step broke it" }).ClickAsync();

        string card = await open.Page.Locator("#labels").InnerTextAsync();
        Assert.Contains("corrected step 0, Flights by Ada, just now", card.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("The flight was never booked.", card, StringComparison.Ordinal);
        Assert.Contains("This collector has no store", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.SeeOther)]
    public async Task Labels_FromAForeignPage_AreRefused(string header, string value, HttpStatusCode expected)
    {
        await using var store = new SqliteTraceStore(Path.Combine(_folder, "runs.db"));
        await using ViewedCollector collector = await ViewedCollector.StartAsync(store: store);
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, collector.Address($"/runs/{record.Run.Id}/labels"))
        {
            Content = new FormUrlEncodedContent([new("step", "1")]),
        };
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage answer = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.SeeOther ? 1 : 0, (await store.ListLabelsAsync(cancellationToken: Cancel)).Count);
    }

    [Theory]
    [InlineData("3", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("first", HttpStatusCode.BadRequest)]
    public async Task Labels_OfAStepThatIsNotThere_AreRefused(string step, HttpStatusCode expected)
    {
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        using var client = new HttpClient();

        using HttpResponseMessage answer = await client.PostAsync(collector.Address($"/runs/{record.Run.Id}/labels"), new FormUrlEncodedContent([new("step", step)]), Cancel);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Contains("steps 0 to 2", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
