using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentTrace.TestKit.Otlp;
using Json.Schema;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace AgentTrace.Collector.Tests.Query;

/// <summary>The API's description, held against what a real collector answers.</summary>
public sealed class OpenApiTests
{
    private static readonly TestTrace Trace = TestTrace.WithIgnoredToolError();

    [Fact]
    public async Task Document_IsReadWithoutAnyFinding()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        using var http = new HttpClient { BaseAddress = runs.Host.HttpAddress };

        ReadResult read = OpenApiDocument.Parse(await http.GetStringAsync(new Uri("/v1/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken), OpenApiConstants.Json);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.Equal(
            ["/healthz", "/readyz", "/v1/labels", "/v1/openapi.json", "/v1/outcomes", "/v1/runs", "/v1/runs/{traceId}"],
            read.Document!.Paths.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EveryAnswer_IsAsDescribed()
    {
        await using JudgedRuns runs = await StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);
        JsonObject document = await DocumentAsync(api);
        var label = new { traceId = Trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann", reason = "it ignored the 503" };
        var outcome = new { traceId = Trace.TraceIdHex, outcome = "failure", expectedAnswer = "the Ritz", note = "it booked another" };

        (string Path, string Method, string Sent, (HttpStatusCode Status, JsonElement Body) Answer)[] calls =
        [
            ("/v1/labels", "post", "/v1/labels", await api.PostAsync("/v1/labels", label)),
            ("/v1/outcomes", "post", "/v1/outcomes", await api.PostAsync("/v1/outcomes", outcome)),
            ("/v1/outcomes", "post", "/v1/outcomes (unknown run)", await api.PostAsync("/v1/outcomes", new { traceId = "ab", outcome = "success" })),
            ("/v1/runs", "get", "/v1/runs?limit=1", await api.GetAsync("/v1/runs?limit=1")),
            ("/v1/runs/{traceId}", "get", "/v1/runs/id", await api.GetAsync("/v1/runs/" + Trace.TraceIdHex)),
            ("/readyz", "get", "/readyz", await api.GetAsync("/readyz")),
            ("/v1/runs", "get", "/v1/runs?limit=0", await api.GetAsync("/v1/runs?limit=0")),
            ("/v1/runs/{traceId}", "get", "/v1/runs/zz", await api.GetAsync("/v1/runs/zz")),
            ("/v1/runs/{traceId}", "get", "/v1/runs/ab", await api.GetAsync("/v1/runs/ab")),
            ("/v1/labels", "post", "/v1/labels (unknown run)", await api.PostAsync("/v1/labels", label with { traceId = "ab" })),
            ("/v1/labels", "post", "/v1/labels (no agent)", await api.PostAsync("/v1/labels", label with { agent = "" })),
            ("/v1/outcomes", "post", "/v1/outcomes (text)", await api.PostTextAsync("/v1/outcomes", "{}", "text/plain")),
            ("/v1/outcomes", "post", "/v1/outcomes (large)", await api.PostTextAsync("/v1/outcomes", new string(' ', 300_000))),
        ];

        Assert.All(calls, call =>
        {
            JsonNode? described = document["paths"]![call.Path]![call.Method]!["responses"]![((int)call.Answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)];
            Assert.True(described is not null, $"{call.Sent}: a status of {call.Answer.Status} is not described");
            Assert.Empty(Findings(document, Resolved(document, described)["content"]!["application/json"]!["schema"]!, call.Answer.Body));
        });
        Assert.Equal([200, 200, 200, 200, 200, 200, 400, 400, 404, 404, 400, 415, 413], calls.Select(call => (int)call.Answer.Status));
    }

    [Fact]
    public async Task Requests_AreTakenAndRefusedAsDescribed()
    {
        await using JudgedRuns runs = await StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);
        JsonObject document = await DocumentAsync(api);

        (string Path, object Body)[] requests =
        [
            ("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann" }),
            ("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Hotels", by = "ann" }),
            ("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Hotels", step = -1, by = "ann" }),
            ("/v1/labels", new { traceId = "not hex", agent = "Hotels", step = 1, by = "ann" }),
            ("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann", certainty = 1 }),
            ("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann", reason = new string('x', 16385) }),
            ("/v1/outcomes", new { traceId = Trace.TraceIdHex, outcome = "success" }),
            ("/v1/outcomes", new { traceId = Trace.TraceIdHex, outcome = "unknown" }),
            ("/v1/outcomes", new { traceId = Trace.TraceIdHex, outcome = "failure", answer = "the Ritz" }),
        ];
        var taken = new List<bool>();
        foreach ((string path, object body) in requests)
        {
            JsonNode schema = document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
            bool allowed = !Findings(document, schema, JsonSerializer.SerializeToElement(body)).Any();
            Assert.Equal((path, allowed), (path, (await api.PostAsync(path, body)).Status == HttpStatusCode.OK));
            taken.Add(allowed);
        }

        Assert.Equal([true, false, false, false, false, false, true, false, false], taken);
    }

    [Fact]
    public async Task Parameters_AreThoseThatAreRead()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);
        JsonObject document = await DocumentAsync(api);

        (_, JsonElement refusal) = await api.GetAsync("/v1/runs?nobody=reads");

        IEnumerable<string> described = document["paths"]!["/v1/runs"]!["get"]!["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!);
        Assert.EndsWith($"allowed: {string.Join(", ", described)}", refusal.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JudgedRuns> StartAsync()
    {
        JudgedRuns runs = await JudgedRuns.StartAsync();
        await runs.SendAsync(Trace, Trace.Request.ResourceSpans[0].ScopeSpans[0].Spans);
        await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        return runs;
    }

    private static async Task<JsonObject> DocumentAsync(ApiClient api) => JsonObject.Create((await api.GetAsync("/v1/openapi.json")).Body)!;

    private static JsonNode Resolved(JsonObject document, JsonNode node) =>
        (string?)node["$ref"] is { } name ? name.Split('/').Skip(1).Aggregate((JsonNode)document, (at, part) => at[part]!) : node;

    /// <summary>Where a value is not as the schema says. Answers may grow, so the document does not close their objects; here a member that it does not name is a finding.</summary>
    private static IEnumerable<string> Findings(JsonObject document, JsonNode schema, JsonElement value)
    {
        JsonObject definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach ((_, JsonNode? definition) in definitions)
            if (definition!["properties"] is not null)
                definition["additionalProperties"] = false;
        JsonObject whole = schema.DeepClone().AsObject();
        whole["$defs"] = definitions;
        EvaluationResults results = JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))
            .Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return results.IsValid ? [] : results.Details!.Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
    }
}
