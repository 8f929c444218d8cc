using System.Net;
using System.Text;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Tests.Judgements;
using AgentTrace.Store.Sqlite;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Collector.Tests.Security;

public sealed class RedactionTests : IDisposable
{
    private const string Secret = "sk-SECRET0123456789", Card = "4111111111111111";

    private static readonly RedactionOptions Rules = new() { Attributes = ["app.password", "user.*"], Patterns = ["sk-[A-Za-z0-9]+", "[0-9]{16}"] };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-redaction-");
    private readonly AskedAttributor _attributor = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Secrets_InEveryPlaceOfASpan_NeverReachTheFileTheJudgeOrAnApi(bool forwarded)
    {
        TestTrace trace = WithSecrets();
        string path = Path.Combine(_folder.FullName, "store.db");
        await using (var store = new SqliteTraceStore(path))
        {
            await using RunningCollector collector = await StartAsync(store, forwarded);
            Assert.Equal(HttpStatusCode.OK, (await collector.Client.PostAsync(trace.Bytes, Cancel)).Status);
            IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(received => received.Any(span => span.Name == "decisive_error"), Cancel);
            using var api = new ApiClient(collector.Host.HttpAddress);
            string run = (await api.GetAsync($"/v1/runs/{trace.TraceIdHex}")).Body.GetRawText();
            await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure", expectedAnswer = $"pay with {Card}", note = Secret });
            await api.PostAsync("/v1/labels", new { traceId = trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann", reason = Secret });
            await collector.Host.StopAsync(Cancel);

            NoSecrets(run);
            Assert.Contains("[redacted]", run, StringComparison.Ordinal);
            Assert.All(_attributor.Asked, asked => NoSecrets(System.Text.Json.JsonSerializer.Serialize(asked)));
            string passedOn = string.Concat(collector.Sink.Requests.Select(request => Encoding.Latin1.GetString(request.Body)));
            Assert.Equal(!forwarded, passedOn.Contains(Secret, StringComparison.Ordinal));
            Assert.Equal(5 + 2, spans.Count);
            NoSecrets(string.Concat((await store.FindTraceAsync(UInt128.Parse(trace.TraceIdHex, System.Globalization.NumberStyles.HexNumber, null), Cancel)).Select(block => Encoding.UTF8.GetString(block.Unpack()))));
        }

        // Blocks and documents are packed; what was posted is not. All bytes of all files of the store.
        foreach (string file in Directory.GetFiles(_folder.FullName))
            NoSecrets(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)));
    }

    [Fact]
    public async Task Request_ThatNoRuleMatches_IsStoredByteForByte()
    {
        string path = Path.Combine(_folder.FullName, "store.db");
        await using var store = new SqliteTraceStore(path);
        await using RunningCollector collector = await StartAsync(store, forwarded: true);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await collector.Client.PostAsync(trace.Bytes, Cancel);
        await collector.Sink.WaitForAsync(received => received.Count >= 5, Cancel);

        UInt128 id = UInt128.Parse(trace.TraceIdHex, System.Globalization.NumberStyles.HexNumber, null);
        Assert.Equal(trace.Bytes, (await store.FindTraceAsync(id, Cancel))[0].SpansOf(id)[0].ToArray());
        Assert.Equal(trace.Bytes, collector.Sink.Requests[0].Body);
    }

    [Fact]
    public async Task Request_NestedTooDeepToBeRedacted_IsRefused()
    {
        await using var store = new SqliteTraceStore(Path.Combine(_folder.FullName, "store.db"));
        await using RunningCollector collector = await StartAsync(store, forwarded: false);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        var deep = new AnyValue { StringValue = Secret };
        for (int i = 0; i < 90; i++)
            deep = new AnyValue { ArrayValue = new ArrayValue { Values = { deep } } };
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[0].Attributes.Add(new KeyValue { Key = "deep", Value = deep });

        OtlpHttpAnswer answer = await collector.Client.PostAsync(trace.Bytes, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("too deep to be redacted", answer.Text, StringComparison.Ordinal);
    }

    private Task<RunningCollector> StartAsync(SqliteTraceStore store, bool forwarded) =>
        RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()], set => new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = set.QuietTime,
            Forward = set.Forward,
            Attributor = _attributor,
            Store = store,
            Storing = new StoreOptions { AnswerWhenStored = true, Contents = StoredContents.All },
            Redaction = new RedactionOptions { Attributes = Rules.Attributes, Patterns = Rules.Patterns, Forwarded = forwarded },
        });

    /// <summary>Secrets in attributes of a span, an event, a link, the resource and the scope, in a list, in a message, in a name and in a status.</summary>
    private static TestTrace WithSecrets()
    {
        var trace = new TestTrace();
        Span run = trace.AddRun("failure");
        trace.AddTurn(run, "Flights", 0, $"the key is {Secret}, the card {Card}");
        Span hotels = trace.AddTurn(run, "Hotels", 1, "done");
        hotels.Attributes.Add(TestTrace.Text("app.password", "letmein-plain"));
        hotels.Attributes.Add(TestTrace.Whole("user.id", 4242424242));
        hotels.Attributes.Add(new KeyValue { Key = "list", Value = new AnyValue { ArrayValue = new ArrayValue { Values = { new AnyValue { StringValue = Secret } } } } });
        hotels.Events.Add(new Span.Types.Event { Name = Secret, Attributes = { TestTrace.Text("note", Secret) } });
        hotels.Links.Add(new Span.Types.Link { TraceId = hotels.TraceId, SpanId = run.SpanId, Attributes = { TestTrace.Text("note", Secret) } });
        Span tool = trace.Add($"execute_tool {Secret}", hotels, TestTrace.Text("gen_ai.operation.name", "execute_tool"), TestTrace.Text("gen_ai.tool.name", "pay"), TestTrace.Text("gen_ai.tool.call.arguments", $"{{\"card\":\"{Card}\"}}"));
        tool.Status = new Status { Code = 2, Message = $"refused {Card}" };
        trace.AddTurn(run, "Concierge", 2, "ok");
        trace.Request.ResourceSpans[0].Resource.Attributes.Add(TestTrace.Text("user.name", "letmein-name"));
        trace.Request.ResourceSpans[0].ScopeSpans[0].Scope.Version = Secret;
        return trace;
    }

    private static void NoSecrets(string text)
    {
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Card, text, StringComparison.Ordinal);
        Assert.DoesNotContain("letmein", text, StringComparison.Ordinal);
        Assert.DoesNotContain("4242424242", text, StringComparison.Ordinal);
    }
}
