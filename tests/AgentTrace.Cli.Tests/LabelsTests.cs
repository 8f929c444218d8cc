using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Cli.Tests;

/// <summary>From labels that people posted to a ranker, through the processes that a user would start.</summary>
public sealed class LabelsTests : IDisposable
{
    private const int Runs = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-labels-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder.FullName, "store.db");

    private string Exported => Path.Combine(_folder.FullName, "labelled.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Export_OfPostedLabels_IsWhatTrainLearnsFrom()
    {
        await LabelAsync(Runs);

        CliResult export = await CliProcess.RunAsync(Cancel, "labels", "export", "--store", Store, "-o", Exported);
        Assert.Equal((0, $"{Runs} labelled run(s) written to {Exported}"), (export.ExitCode, export.Output.Trim()));
        JsonNode first = JsonNode.Parse((await File.ReadAllLinesAsync(Exported, Cancel))[0])!;
        Assert.Equal(("Hotels", 1, "it ignored the tool's error"), ((string)first["label"]!["agent"]!, (int)first["label"]!["step"]!, (string)first["label"]!["reason"]!));
        Assert.Equal("The Grand Plaza is booked for you.", (string)first["run"]!["steps"]![1]!["output"]!);
        Assert.Equal("503 from the booking service", (string)first["run"]!["steps"]![1]!["toolCalls"]![0]!["error"]!);

        string ranker = Path.Combine(_folder.FullName, "ranker.json");
        CliResult train = await CliProcess.RunAsync(Cancel, "train", Exported, "-o", ranker);
        Assert.Equal((0, ""), (train.ExitCode, train.Error));
        Assert.Contains($"{Runs} labelled runs", train.Output, StringComparison.Ordinal);
        CliResult attribute = await CliProcess.RunAsync(Cancel, "attribute", Exported, "--failed", "--method", "learned", "--ranker", ranker, "--format", "json");
        Assert.Equal((0, ""), (attribute.ExitCode, attribute.Error));
        Assert.Contains("Hotels", attribute.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "line 1: format agenttrace-labelled-run 2")]
    [InlineData("\"step\":1,\"reason\"", "\"step\":7,\"reason\"", "line 1: label.step is 7; the run has 3 steps")]
    [InlineData("\"index\":1", "\"index\":2", "line 1: run.steps[1] is not step 1")]
    [InlineData("\"agent\":\"Hotels\",\"step\"", "\"agent\":null,\"step\"", "line 1: no labelled run")]
    [InlineData("\"steps\":[", "\"steps\":[null,", "line 1: run.steps[0] is not step 0")]
    public async Task Train_LineThatIsOff_SaysWhichAndWhy(string part, string instead, string message)
    {
        await LabelAsync(1);
        await CliProcess.RunAsync(Cancel, "labels", "export", "--store", Store, "-o", Exported);
        string text = await File.ReadAllTextAsync(Exported, Cancel);
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Exported, text.Replace(part, instead, StringComparison.Ordinal), Cancel);

        CliResult train = await CliProcess.RunAsync(Cancel, "train", Exported, "-o", Path.Combine(_folder.FullName, "ranker.json"));

        Assert.Equal(2, train.ExitCode);
        Assert.Contains(message, train.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAStoreThatIsNotThere_OrHasNoLabels_SaysSoAndLeavesNothing()
    {
        CliResult absent = await CliProcess.RunAsync(Cancel, "labels", "export", "--store", Store, "-o", Exported);
        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("there is no such file", absent.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Store));

        await LabelAsync(0);
        CliResult none = await CliProcess.RunAsync(Cancel, "labels", "export", "--store", Store, "-o", Exported);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("no labelled run in the store", none.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Exported));
    }

    private async Task LabelAsync(int runs)
    {
        await using CliProcess collector = CliProcess.Start("collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.2", "--store", Store, "--store-commit");
        string line = await collector.WaitForErrorLineAsync("OTLP/HTTP on", Cancel);
        Uri[] addresses = [.. line.Split(' ', ',').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word))];
        using var client = new OtlpClient(addresses[0], addresses[1]);
        using var http = new HttpClient { BaseAddress = new Uri(addresses[0].GetLeftPart(UriPartial.Authority)) };
        for (byte id = 1; id <= runs; id++)
        {
            var trace = TestTrace.WithIgnoredToolError(id);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(trace.Bytes, Cancel)).Status);
            var label = new { traceId = trace.TraceIdHex, agent = "Hotels", step = 1, by = "ann", reason = "it ignored the tool's error" };
            // The run is found once it is complete: until then there is nothing to label.
            HttpStatusCode status;
            do
            {
                using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/labels", label, Cancel);
                status = answer.StatusCode;
            }
            while (status == HttpStatusCode.NotFound);
            Assert.Equal(HttpStatusCode.OK, status);
        }

        await collector.TerminateAsync(Cancel);
        Assert.Equal(0, (await collector.WaitAsync(Cancel)).ExitCode);
    }
}
