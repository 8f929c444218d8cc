using System.Globalization;
using System.Net;
using System.Text.Json;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Sqlite;
using AgentTrace.TestKit.Otlp;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests.Probes;

public sealed class ProbePageTests(Browser browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-probe-pages-");
    private SqliteTraceStore? _store;
    private ViewedCollector? _collector;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ViewedCollector Collector => _collector!;

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteTraceStore(Path.Combine(_folder.FullName, "runs.db"));
        _collector = await ViewedCollector.StartAsync(store: _store);
    }

    public async ValueTask DisposeAsync()
    {
        await Collector.DisposeAsync();
        await _store!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_WithProbes_LeadsToTheCircuitOfTheMostSurprisingOne()
    {
        await using OpenPage open = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        RunRecord record = await SendRecordedAsync();
        await open.GoAsync(Collector.Address($"/runs/{record.Run.Id}"));

        ILocator rows = open.Page.Locator("section:has(#probes) tbody tr");
        Assert.Equal(2, await rows.CountAsync());
        Assert.Contains("step 3", await rows.First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("3", await open.Page.Locator("summary:has-text('not what a probe expected') .number").InnerTextAsync());
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();

        Assert.Equal("single_double_quote, Coder at step 3", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Contains("The circuit expects ' with a probability of", await open.Page.Locator(".reason").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("but the text has \".", await open.Page.Locator(".reason").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("not what the circuit expected", await open.Page.Locator(".eyebrow").InnerTextAsync(), StringComparison.Ordinal);
        await open.Page.Locator(".crumbs").GetByRole(AriaRole.Link, new() { Name = "step 3" }).ClickAsync();
        await open.Page.Locator(".foot").GetByRole(AriaRole.Link, new() { Name = "probe single_double_quote" }).ClickAsync();
        Assert.Equal("single_double_quote, Coder at step 3", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Circuit_IsDrawnFromItsSpans_LayersLeftToRightActivationAsSizeWeightAsWidth()
    {
        await using OpenPage open = await browser.OpenAsync();
        (TestTrace trace, Span probe) = ProbedRun.Start();
        Span input = ProbedRun.AddNode(trace, probe, "0.attn_in.60", 2.4, 1.5);
        Span value = ProbedRun.AddNode(trace, input, "0.attn_v.132", -1.2, 0.9, "0.attn_in.60 -0.64 -1.5", "0.attn_in.7 0.1 0.01");
        Span output = ProbedRun.AddNode(trace, value, "0.attn_out.92", 0.6, 0.5, "0.attn_v.132 0.16 -0.2");
        ProbedRun.AddNode(trace, output, "1.mlp_neuron.4", 0.1, -0.2, "0.attn_out.92 0.32 0.2");
        await Collector.SendAsync(trace);

        await GoAsync(open, trace, probe);

        ILocator nodes = open.Page.Locator(".circuit .node");
        Assert.Equal(4, await nodes.CountAsync());
        double[] x = await NumbersAsync(nodes.Locator("circle"), "cx"), radius = await NumbersAsync(nodes.Locator("circle"), "r");
        Assert.Equal(x.Order().Distinct(), x);
        Assert.Equal(radius.OrderDescending(), radius);
        Assert.Equal(4, (radius[0] / radius[2]) * (radius[0] / radius[2]), 1);
        ILocator edges = open.Page.Locator(".circuit .edge");
        Assert.Equal(3, await edges.CountAsync());
        double[] width = await NumbersAsync(edges, "stroke-width");
        Assert.Equal([0.64 / 0.32, 0.16 / 0.32], [width[0] / width[2], width[1] / width[2]], Near);
        bool[] minus = await Task.WhenAll((await edges.AllAsync()).Select(async edge => await edge.GetAttributeAsync("class") == "edge minus"));
        Assert.Equal([true, false, false], minus);
        Assert.Equal(["layer 0", "layer 0", "layer 0", "layer 1"], await open.Page.Locator(".circuit .layer").AllTextContentsAsync());

        await nodes.Nth(1).ClickAsync();
        string row = await open.Page.Locator("tr:target").InnerTextAsync();
        Assert.Contains("0.attn_v.132", row, StringComparison.Ordinal);
        Assert.Contains("-1.2", row, StringComparison.Ordinal);
        Assert.Contains("0.attn_in.7", row, StringComparison.Ordinal);
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Circuit_Recorded_ShowsEveryNodeThatCame()
    {
        await using OpenPage open = await browser.OpenAsync();
        RunRecord record = await SendRecordedAsync();
        using JsonDocument sent = JsonDocument.Parse(ProbedRun.Recorded);
        (string Id, string? Above, string Name)[] spans = [.. from resource in sent.RootElement.GetProperty("resourceSpans").EnumerateArray()
            from scope in resource.GetProperty("scopeSpans").EnumerateArray()
            from span in scope.GetProperty("spans").EnumerateArray()
            select (span.GetProperty("spanId").GetString()!, span.TryGetProperty("parentSpanId", out JsonElement above) ? above.GetString() : null, span.GetProperty("name").GetString()!)];

        foreach ((string id, _, _) in spans.Where(span => span.Name.StartsWith("probe ", StringComparison.Ordinal)))
        {
            await open.GoAsync(Collector.Address($"/runs/{record.Run.Id}/probes/{id}"));
            string[] names = [.. await open.Page.Locator(".nodes tbody th").AllInnerTextsAsync()];
            Assert.NotEmpty(names);
            Assert.Equal(Below(id).Select(name => name["circuit_node ".Length..]).Order(), names.Order());
            Assert.Equal(names.Length, await open.Page.Locator(".circuit .node").CountAsync());
            Assert.True(await open.Page.Locator(".circuit .edge").CountAsync() >= names.Length / 2);
        }

        Assert.Empty(open.Wrong);

        IEnumerable<string> Below(string above) => spans.Where(span => span.Above == above).SelectMany(span => Below(span.Id).Prepend(span.Name));
    }

    [Fact]
    public async Task Probe_ThatIsHostile_StaysTextAndABoundedPage()
    {
        const string Script = "<script>window.pwned=1</script>\u202Eturned";
        await using OpenPage open = await browser.OpenAsync();
        (TestTrace trace, Span probe) = ProbedRun.Start(Script, Script, Script, double.PositiveInfinity);
        for (int i = 0; i < 500; i++)
            ProbedRun.AddNode(trace, probe, $"0.attn_in.{i}", i == 0 ? double.NaN : 1e300 * i, double.MaxValue, [.. Enumerable.Range(0, 50).Select(other => $"0.attn_in.{other} 1 1")]);
        Span circle = ProbedRun.AddNode(trace, probe, "x.<b>site</b>.1", 1, double.MaxValue, "0.attn_in.1 NaN 1", "0.attn_in.1 1", "no feed at all", "", "x.<b>site</b>.1 1 1");
        circle.ParentSpanId = circle.SpanId;
        ProbedRun.AddNode(trace, circle, "0.below_a_circle.1", 1, 1);
        ProbedRun.AddNode(trace, probe, new string('n', 100_000), 1, double.MaxValue, $"{new string('n', 100_000)} 1 1");
        await Collector.SendAsync(trace);

        string html = await GoAsync(open, trace, probe);

        Assert.InRange(html.Length, 1, 200_000);
        Assert.Equal(1, await open.Page.Locator("script").CountAsync());
        Assert.False(await open.Page.EvaluateAsync<bool>("() => 'pwned' in window"));
        string text = await open.Page.Locator("main").InnerTextAsync();
        Assert.Contains("<script>window.pwned=1</script>[U+202E]turned", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Equal(64, await open.Page.Locator(".circuit .node").CountAsync());
        Assert.Contains("437 active nodes that mattered less not drawn", text, StringComparison.Ordinal);
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
        await open.GoAsync(Collector.Address($"/runs/{trace.TraceIdHex}"));
        Assert.Contains("[U+202E]", await open.Page.Locator("section:has(#probes)").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Probe_WithoutAnswerOrNodes_SaysSo()
    {
        await using OpenPage open = await browser.OpenAsync();
        (TestTrace trace, Span probe) = ProbedRun.Start(answer: null);
        probe.Attributes.Remove(probe.Attributes.Single(attribute => attribute.Key == "agenttrace.probe.surprise"));
        await Collector.SendAsync(trace);

        await GoAsync(open, trace, probe);

        Assert.Contains("the text has neither of the task's two answers.", await open.Page.Locator(".reason").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("No node of the circuit came with this probe", await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{run}/probes/0000000000000001", "No probe's span 0000000000000001")]
    [InlineData("{run}/probes/{turn}", "No probe's span")]
    [InlineData("0123/probes/{turn}", "No probe's span")]
    [InlineData("no-trace/probes/x%22%3E%3Cscript%3E", "No probe's span x\"><script>")]
    public async Task Probe_NotKeptHere_IsA404ThatSaysSo(string path, string expected)
    {
        await using OpenPage open = await browser.OpenAsync();
        RunRecord record = await Collector.SendAsync(TestTrace.WithIgnoredToolError());

        IResponse? answer = await open.Page.GotoAsync(Collector.Address("/runs/" + path.Replace("{run}", record.Run.Id, StringComparison.Ordinal).Replace("{turn}", record.Run.Steps[0].SpanId, StringComparison.Ordinal)).ToString());

        Assert.Equal(404, answer!.Status);
        Assert.Contains(expected, await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_WithoutAStore_IsA404ThatSaysHowToGetOne()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector bare = await ViewedCollector.StartAsync();
        (TestTrace trace, Span probe) = ProbedRun.Start();
        await bare.SendAsync(trace);

        IResponse? answer = await open.Page.GotoAsync(bare.Address($"/runs/{trace.TraceIdHex}/probes/{ProbedRun.Hex(probe.SpanId)}").ToString());

        Assert.Equal(404, answer!.Status);
        Assert.Contains("start the collector with --store FILE", await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Pages_WithProbes_HaveNoAxeViolationAndFit(ColorScheme scheme, int width)
    {
        await using OpenPage open = await browser.OpenAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        RunRecord record = await SendRecordedAsync();
        await open.GoAsync(Collector.Address($"/runs/{record.Run.Id}"));
        string probe = (await open.Page.Locator("section:has(#probes) tbody a").First.GetAttributeAsync("href"))!;

        foreach (string path in new[] { $"/runs/{record.Run.Id}", $"/runs/{record.Run.Id}/steps/3", probe })
        {
            await open.GoAsync(Collector.Address(path));
            Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width}");
            IReadOnlyList<string> violations = await open.AxeAsync();
            Assert.True(violations.Count == 0, $"{path}: {string.Join('\n', violations)}");
        }
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 0.05;

    private static async Task<double[]> NumbersAsync(ILocator elements, string attribute)
    {
        string?[] texts = await Task.WhenAll((await elements.AllAsync()).Select(element => element.GetAttributeAsync(attribute)));
        return [.. texts.Select(text => double.Parse(text!, CultureInfo.InvariantCulture))];
    }

    private Task<string> GoAsync(OpenPage open, TestTrace trace, Span probe) => open.GoAsync(Collector.Address($"/runs/{trace.TraceIdHex}/probes/{ProbedRun.Hex(probe.SpanId)}"));

    private async Task<RunRecord> SendRecordedAsync()
    {
        OtlpHttpAnswer answer = await Collector.Client.PostAsync(ProbedRun.Recorded, Cancel, "application/json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return await Collector.NextAsync();
    }
}
