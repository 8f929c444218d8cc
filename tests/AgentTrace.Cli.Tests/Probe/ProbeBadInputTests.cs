using System.Buffers.Binary;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests.Probe;

/// <summary>What is wrong is said, the exit code fits, and no file is left behind.</summary>
[Collection(nameof(SmallModel))]
public sealed class ProbeBadInputTests(SmallModel small)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cut", "it was cut")]
    [InlineData("cut in the header", "the file ends within")]
    [InlineData("longer", "bytes follow the last tensor")]
    [InlineData("header too long", "its header is said to have")]
    [InlineData("not a number", "holds NaN at place")]
    [InlineData("other shape", "the configuration wants")]
    [InlineData("no configuration", "the configuration that belongs to the weights")]
    [InlineData("configuration is huge", "allowed:")]
    [InlineData("no weights", "cannot be read")]
    public async Task Prune_ModelFileIsOff_Is2AndSaysWhat(string what, string hint)
    {
        string weights = await Broken(what);
        string output = small.In($"{what}.circuit.json");

        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "prune", weights, "--task", "if_equals", "-o", output);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        AssertNothingLeft(output);
    }

    [Theory]
    [InlineData("another model's", "belongs to the model")]
    [InlineData("no JSON", "is no circuit that can be read")]
    [InlineData("unknown node", "the model has no node")]
    [InlineData("short means", "its means are not")]
    [InlineData("missing", "cannot be read")]
    public async Task Export_CircuitFileIsOff_Is2AndSaysWhat(string what, string hint)
    {
        string circuit = small.In($"{what}.json"), output = small.In($"{what}.svg"), text = await File.ReadAllTextAsync(small.Circuit, Cancel);
        if (what != "missing")
            await File.WriteAllTextAsync(circuit, what switch
            {
                "another model's" => text.Replace("\"model\": \"", "\"model\": \"0", StringComparison.Ordinal),
                "no JSON" => text[..(text.Length / 2)],
                "unknown node" => text.Replace("\"channel\": ", "\"channel\": 99999", StringComparison.Ordinal),
                _ => System.Text.RegularExpressions.Regex.Replace(text, "\"means\": \"[^\"]*\"", "\"means\": \"AAAA\""),
            }, Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "export", small.Weights, "--circuit", circuit, "--as", "svg", "-o", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        AssertNothingLeft(output);
    }

    [Theory]
    [InlineData("", "has 0 pairs of prompts")]
    [InlineData("{\"prompt\": \"x = nonsense\", \"other\": \"x =\", \"right\": \"'\", \"wrong\": \"\\\"\"}", "line 1: The vocabulary has no token \"nonsense\"")]
    [InlineData("{\"prompt\": \"x\", \"other\": \"y\", \"right\": \"=\", \"wrong\": \"=\"}", "right and wrong are the same token")]
    [InlineData("{\"prompt\": \"\", \"other\": \"y\", \"right\": \"=\", \"wrong\": \"==\"}", "\"prompt\" is empty")]
    [InlineData("[1]", "line 1:")]
    public async Task Prune_TaskFileIsOff_Is2AndSaysWhereAndWhat(string line, string hint)
    {
        string task = small.In("task.jsonl"), output = small.In("of-a-task.json");
        await File.WriteAllTextAsync(task, line, Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "prune", small.Weights, "--task-file", task, "-o", output);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        AssertNothingLeft(output);
    }

    [Fact]
    public async Task Prune_TaskOfOnesOwn_IsFoundAsBuiltInOnesAre()
    {
        string task = small.In("loops.jsonl"), output = small.In("loops.json");
        string[] names = ["a", "b", "c", "d", "i", "j", "k", "n", "x", "y", "z", "item"];
        await File.WriteAllLinesAsync(task, names.SelectMany(a => names.Take(3).Select(b =>
            $$"""{"prompt": "<start> for {{a}} , {{b}} in", "other": "<start> for {{a}} in", "right": "enumerate", "wrong": "range"}""")), Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "probe", "prune", small.Weights, "--task-file", task, "-o", output, "--target", "0.3", "--trials", "1", "--steps", "60");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("loops: ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "no circuit in it can be asked for", "--task", "single_double_quote", "--target", "0.0000001")]
    [InlineData(2, "there is no task nonsense on what this model reads; there are single_double_quote", "--task", "nonsense")]
    [InlineData(2, "name one task", "--pairs", "8")]
    [InlineData(2, "--trials is 0", "--task", "if_equals", "--trials", "0")]
    [InlineData(2, "--target", "--task", "if_equals", "--target", "much")]
    public async Task Prune_WhatIsAskedForCannotBe_SaysSo(int exitCode, string hint, params string[] options)
    {
        string output = small.In("impossible.json");

        CliResult result = await CliProcess.RunAsync(Cancel, ["probe", "prune", small.Weights, "-o", output, .. options]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        AssertNothingLeft(output);
    }

    [Theory]
    [InlineData("no token \"nonsense\"", "run", "MODEL", "--circuit", "CIRCUIT", "x = nonsense")]
    [InlineData("There is no token to read", "run", "MODEL", "--circuit", "CIRCUIT", " ")]
    [InlineData("needs a --prompt", "export", "MODEL", "--circuit", "CIRCUIT", "--as", "graph", "-o", "OUT")]
    [InlineData("does not end in .safetensors", "train", "-o", "OUT")]
    [InlineData("Density is 2", "train", "-o", "OUT.safetensors", "--density", "2")]
    [InlineData("--steps is settled by the training", "train", "-o", "OUT.safetensors", "--resume", "MODEL", "--steps", "5")]
    [InlineData("it is no checkpoint of a training", "train", "-o", "OUT.safetensors", "--resume", "MODEL")]
    [InlineData("There is no task nonsense", "compare", "--quick", "--task", "nonsense")]
    public async Task Call_WordsAreOff_Is2AndSaysWhatToDo(string hint, params string[] words)
    {
        string output = small.In("out");
        string[] call = [.. words.Select(word => word.Replace("MODEL", small.Weights, StringComparison.Ordinal).Replace("CIRCUIT", small.Circuit, StringComparison.Ordinal).Replace("OUT", output, StringComparison.Ordinal))];

        CliResult result = await CliProcess.RunAsync(Cancel, ["probe", .. call]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        AssertNothingLeft(output);
    }

    private static void AssertNothingLeft(string output) =>
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(output)!, $"{Path.GetFileName(output)}*"));

    private async Task<string> Broken(string what)
    {
        byte[] bytes = await File.ReadAllBytesAsync(small.Weights, Cancel);
        string config = await File.ReadAllTextAsync(Path.ChangeExtension(small.Weights, ".config.json"), Cancel);
        int data = 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes);
        switch (what)
        {
            case "cut":
                bytes = bytes[..^100];
                break;
            case "cut in the header":
                bytes = bytes[..50];
                break;
            case "longer":
                bytes = [.. bytes, 0];
                break;
            case "header too long":
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue / 2);
                break;
            case "not a number":
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(data + 40), float.NaN);
                break;
            case "other shape":
                config = config.Replace("\"d_model\": 32", "\"d_model\": 48", StringComparison.Ordinal);
                break;
            case "configuration is huge":
                config = config.Replace("\"d_model\": 32", "\"d_model\": 2000000000", StringComparison.Ordinal);
                break;
        }

        string weights = small.In($"{what}.safetensors");
        if (what != "no weights")
            await File.WriteAllBytesAsync(weights, bytes, Cancel);
        if (what != "no configuration")
            await File.WriteAllTextAsync(Path.ChangeExtension(weights, ".config.json"), config, Cancel);
        return weights;
    }
}
