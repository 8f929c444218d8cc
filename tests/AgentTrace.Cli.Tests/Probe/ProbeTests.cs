using System.Text.Json;
using System.Xml.Linq;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests.Probe;

[Collection(nameof(SmallModel))]
public sealed class ProbeTests(SmallModel small)
{
    private const string Loop = "<start> for x , y in";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Train_ThenPrune_SaysHowGoodModelAndCircuitAre()
    {
        Assert.True(small.Trained.ExitCode == 0, small.Trained.Error);
        Assert.True(small.Pruned.ExitCode == 0, small.Pruned.Error);
        JsonElement model = Json(small.Trained), circuit = Json(small.Pruned);
        Assert.InRange(model.GetProperty("loss").GetDouble(), 1, 2.5);
        Assert.Equal(model.GetProperty("model").GetString(), circuit.GetProperty("model").GetString());
        Assert.InRange(circuit.GetProperty("circuit").GetProperty("loss").GetDouble(), 0, 0.3);
        Assert.InRange(circuit.GetProperty("edges").GetInt32(), 1, 2000);
        Assert.True(circuit.GetProperty("withoutCircuit").GetProperty("loss").GetDouble() > circuit.GetProperty("wholeModel").GetProperty("loss").GetDouble());
        Assert.Contains("train: step 240 of 240", small.Trained.Error, StringComparison.Ordinal);
        Assert.Contains("enumerate_range: masks keep", small.Pruned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Resumed_EndsWithTheSameModel()
    {
        string weights = small.In("resumed.safetensors");

        CliResult resumed = await CliProcess.RunAsync(Cancel, "probe", "train", "-o", weights, "--resume", small.In("training"), "--format", "json");

        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(Json(small.Trained).GetProperty("model").GetString(), Json(resumed).GetProperty("model").GetString());
    }

    [Fact]
    public async Task Run_OnAText_SaysWhatTheCircuitHoldsForLikelyAndWhichNodesSaySo()
    {
        CliResult two = await CliProcess.RunAsync(Cancel, "probe", "run", small.Weights, "--circuit", small.Circuit, $"{Loop} enumerate ( z", "--format", "json");
        CliResult wrong = await CliProcess.RunAsync(Cancel, "probe", "run", small.Weights, "--circuit", small.Circuit, $"{Loop} range", "--format", "json");
        CliResult text = await CliProcess.RunAsync(Cancel, "probe", "run", small.Weights, "--circuit", small.Circuit, Loop);

        JsonElement read = Json(two);
        Assert.Equal("enumerate", read.GetProperty("prediction").GetString());
        Assert.Equal("enumerate", read.GetProperty("answer").GetString());
        Assert.Equal(6, read.GetProperty("tokens").GetInt32());
        Assert.True(read.GetProperty("loss").GetDouble() < Json(wrong).GetProperty("loss").GetDouble());
        Assert.True(Json(wrong).GetProperty("surprise").GetDouble() > 0);
        Assert.Contains(read.GetProperty("nodes").EnumerateArray(), node => node.GetProperty("contribution").GetDouble() != 0);
        CliResult open = await CliProcess.RunAsync(Cancel, "probe", "run", small.Weights, "--circuit", small.Circuit, $"{Loop} enumerate ( z", "--open", "--format", "json");
        Assert.Equal((9, JsonValueKind.Null), (Json(open).GetProperty("tokens").GetInt32(), Json(open).GetProperty("answer").ValueKind));
        Assert.Contains("enumerate with probability", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AsGraph_HasTokensNodesAndTheLogitLinked()
    {
        CliResult result = await Export("graph", "graph.json", "--prompt", Loop);

        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement graph = JsonDocument.Parse(await File.ReadAllTextAsync(small.In("graph.json"), Cancel)).RootElement;
        Assert.Equal(Loop.Split(' '), graph.GetProperty("metadata").GetProperty("prompt_tokens").EnumerateArray().Select(token => token.GetString()));
        Assert.Equal("both", graph.GetProperty("qParams").GetProperty("linkType").GetString());
        JsonElement[] nodes = [.. graph.GetProperty("nodes").EnumerateArray()];
        Assert.Single(nodes, node => node.GetProperty("is_target_logit").GetBoolean());
        Assert.Contains(nodes, node => node.GetProperty("feature_type").GetString() == "embedding");
        string[] ids = [.. nodes.Select(node => node.GetProperty("node_id").GetString()!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(graph.GetProperty("links").EnumerateArray(), link =>
        {
            Assert.Contains(link.GetProperty("source").GetString(), ids);
            Assert.Contains(link.GetProperty("target").GetString(), ids);
        });
    }

    [Fact]
    public async Task Export_AsSvg_DrawsEveryNodeAndEdge()
    {
        CliResult result = await Export("svg", "circuit.svg");

        Assert.True(result.ExitCode == 0, result.Error);
        XElement svg = XDocument.Parse(await File.ReadAllTextAsync(small.In("circuit.svg"), Cancel)).Root!;
        JsonElement circuit = Json(small.Pruned);
        Assert.Equal(circuit.GetProperty("nodes").GetInt32(), svg.Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal(circuit.GetProperty("edges").GetInt32(), svg.Descendants().Count(element => element.Name.LocalName == "line"));
    }

    [Fact]
    public async Task Export_AsJson_IsTheCircuit()
    {
        CliResult result = await Export("json", "again.json");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(await File.ReadAllTextAsync(small.Circuit, Cancel), await File.ReadAllTextAsync(small.In("again.json"), Cancel));
    }

    [Fact]
    public async Task Frontier_StricterTargets_NeverNeedFewerEdges()
    {
        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "frontier", small.Weights, "--task", "enumerate_range", "--target", "0.5", "--target", "0.3", "--target", "0.2", "--target", "1e-9", "--trials", "1", "--steps", "60", "--pairs", "32", "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement[] points = [.. Json(result).GetProperty("points").EnumerateArray()];
        Assert.Equal([0.5, 0.3, 0.2, 1e-9], points.Select(point => point.GetProperty("target").GetDouble()));
        int[] edges = [.. points.Where(point => point.TryGetProperty("edges", out _)).Select(point => point.GetProperty("edges").GetInt32())];
        Assert.True(edges.Length >= 2);
        Assert.Equal(edges.Order(), edges);
        Assert.Contains("no circuit in it can be asked for", points[^1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_Quick_PrintsEdgesAndTheRatio()
    {
        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "compare", "--quick", "--format", "json", "-o", small.In("compared"));

        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement compared = Json(result);
        JsonElement[] tasks = [.. compared.GetProperty("tasks").EnumerateArray()];
        Assert.Equal(2, tasks.Length);
        Assert.All(tasks, task => Assert.Equal(JsonValueKind.Null, task.GetProperty("reason").ValueKind));
        double[] ratios = [.. tasks.Select(task => Math.Max(1.0, task.GetProperty("dense").GetProperty("edges").GetInt32()) / Math.Max(1, task.GetProperty("sparse").GetProperty("edges").GetInt32()))];
        Assert.Equal(Math.Exp(ratios.Average(Math.Log)), compared.GetProperty("edgeRatio").GetDouble(), 0.01);
        Assert.True(File.Exists(Path.Combine(small.In("compared"), "sparse-if_equals.json")));
    }

    private Task<CliResult> Export(string format, string file, params string[] more) =>
        CliProcess.RunAsync(Cancel, ["probe", "export", small.Weights, "--circuit", small.Circuit, "--as", format, "-o", small.In(file), .. more]);

    private static JsonElement Json(CliResult result)
    {
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
