using System.Text.Json;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Viewer.Tests;

public sealed class HostileContentTests(Browser browser)
{
    private const string Script = "<script>window.pwned = 1; alert(1)</script><img src=http://203.0.113.9/x onerror='window.pwned = 2'><style>body{display:none}</style></details></main>\"'>";
    private const string Turned = "pay \u202Eeno on\u202C now \u2066x\u2069 \u200Bhidden \u0007bell";

    [Fact]
    public async Task Pages_ThatShowAHostileRun_ShowItAsText()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(Hostile());

        foreach (string path in new[] { "/runs", $"/runs/{record.Run.Id}", $"/runs/{record.Run.Id}/steps/1", "/agents", "/runs?q=%3Cscript%3Ealert(1)%3C/script%3E&agent=%22%3E%3Cb%3E" })
        {
            await open.GoAsync(collector.Address(path));
            Assert.True(await open.Page.Locator("main").IsVisibleAsync(), path);
            Assert.Equal(1, await open.Page.Locator("script").CountAsync());
            Assert.Equal(0, await open.Page.Locator("main img, main style").CountAsync());
            Assert.False(await open.Page.EvaluateAsync<bool>("() => 'pwned' in window"), path);
            Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than the window");
        }

        await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));
        string text = await open.Page.Locator("main").InnerTextAsync();
        Assert.Contains("<script>window.pwned = 1; alert(1)</script>", text, StringComparison.Ordinal);
        Assert.Contains("[U+202E]", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c is '\u202E' or '\u2066' or '\u200B' or '\u0007');
        Assert.Empty(open.Wrong);
    }

    [Fact]
    public async Task Step_OfAHugeLine_IsCutOnTheRunsPageAndWholeOnItsOwn()
    {
        await using OpenPage open = await browser.OpenAsync();
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(Hostile());
        int whole = record.Run.Steps[2].Output.Length;
        Assert.Equal(1_000_000, whole);

        string html = await open.GoAsync(collector.Address($"/runs/{record.Run.Id}"));
        Assert.InRange(html.Length, 1, 400 * 1024);
        await open.Page.Locator("#step-2 .words a").ClickAsync();

        Assert.Equal(whole, (await open.Page.Locator("#step-2 .words").InnerTextAsync()).Length);
    }

    /// <summary>Everything a run brings along is hostile: names, tools, arguments, results, errors, words.</summary>
    private static TestTrace Hostile()
    {
        var trace = new TestTrace(7);
        Span run = trace.AddRun("failure");
        run.Status = new Status { Code = 2, Message = Script + Turned };
        trace.AddTurn(run, Script, 0, Turned);
        Span turn = trace.AddTurn(run, Turned, 1, Script + Turned);
        Span tool = trace.Add("execute_tool x", turn, TestTrace.Text("gen_ai.operation.name", "execute_tool"), TestTrace.Text("gen_ai.tool.name", Script),
            TestTrace.Text("gen_ai.tool.call.arguments", JsonSerializer.Serialize(new { Script })), TestTrace.Text("gen_ai.tool.call.result", Script), TestTrace.Text("error.type", "timeout"));
        tool.Status = new Status { Code = 2, Message = Script };
        trace.AddTurn(run, "Writer", 2, new string('w', 1_000_000));
        return trace;
    }
}
