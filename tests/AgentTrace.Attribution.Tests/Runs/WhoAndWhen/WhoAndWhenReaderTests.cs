using System.Text;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.WhoAndWhen;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Runs.WhoAndWhen;

public sealed class WhoAndWhenReaderTests
{
    private const string Handed = """
        {"question":"Q?","ground_truth":7,"is_corrected":false,"question_ID":"id-1","mistake_agent":"Web","mistake_step":"2","mistake_reason":"why",
         "history":[{"role":"human","content":"Q?"},{"role":"Lead (-> Web)","content":"look"},{"role":"Web","content":{"a":[1]}},{"role":"Lead (thought)","content":null}]}
        """;

    [Fact]
    public void Read_SpeakersInRole_GivesBaseAgentsAndHandoffs()
    {
        LabeledRun log = Read(Handed);

        Assert.Equal(("id-1", "Q?", "7", RunOutcome.Failure), (log.Run.Id, log.Run.Task, log.Run.ExpectedAnswer, log.Run.Outcome));
        Assert.Equal(["human", "Lead", "Web", "Lead"], log.Run.Steps.Select(step => step.Agent));
        Assert.Equal("Lead (-> Web)", log.Run.Steps[1].Speaker);
        Assert.Equal([null, "Web", null, null], log.Run.Steps.Select(step => step.HandoffTo));
        Assert.Equal([null, null, "Lead", null], log.Run.Steps.Select(step => step.HandoffFrom));
        Assert.Equal(["Q?", "look", """{"a":[1]}""", ""], log.Run.Steps.Select(step => step.Output));
        Assert.Equal(new RunLabel("Web", 2, "why"), log.Label);
    }

    [Fact]
    public void Read_SpeakersInName_PrefersTheName()
    {
        LabeledRun log = Read("""{"is_correct":true,"history":[{"role":"user","name":"Terminal","content":"ok"}]}""");

        Assert.Equal("Terminal", log.Run.Steps[0].Agent);
        Assert.Equal(RunOutcome.Success, log.Run.Outcome);
        Assert.Null(log.Label);
        Assert.Equal("log.json", log.Run.Id);
    }

    [Theory]
    [InlineData("""{"history":[{"role":"a","content":"x"},""", "cut off")]
    [InlineData("[]", "$ is an array, not an object")]
    [InlineData("{}", "$.history is missing")]
    [InlineData("""{"history":{}}""", "$.history is an object, not an array")]
    [InlineData("""{"history":[]}""", "$.history is empty")]
    [InlineData("""{"history":["x"]}""", "$.history[0] is a string, not an object")]
    [InlineData("""{"history":[{"content":"x"}]}""", "$.history[0].name is missing")]
    [InlineData("""{"history":[{"role":5.5,"name":[],"content":"x"}]}""", "$.history[0].name is an array, not text")]
    [InlineData("""{"history":[{"role":"a"}],"is_correct":"no"}""", "$.is_correct is a string, not true or false")]
    [InlineData("""{"history":[{"role":"a"}],"mistake_agent":"a","mistake_step":"1"}""", "the log has the steps 0 to 0")]
    [InlineData("""{"history":[{"role":"a"}],"mistake_agent":"a","mistake_step":"-1"}""", "$.mistake_step is -1")]
    [InlineData("""{"history":[{"role":"a"}],"mistake_agent":"a","mistake_step":"two"}""", "not a whole number")]
    [InlineData("""{"history":[{"role":"a"}],"mistake_step":"0"}""", "$.mistake_agent is missing")]
    [InlineData("""{"history":[{"role":"a","content":"\ud800"}]}""", "no valid Unicode")]
    [InlineData("""{"history":[{"\ud800":1,"role":"a"}]}""", "$.history[0] has a property whose name is no valid Unicode")]
    public void Read_BrokenLog_NamesTheFileAndThePlace(string json, string what)
    {
        RunFormatException error = Assert.Throws<RunFormatException>(() => Read(json));

        Assert.StartsWith("some/log.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooDeep_IsAFormatError() =>
        Assert.Throws<RunFormatException>(() => Read($$"""{"history":[{"role":"a","content":{{new string('[', 100)}}{{new string(']', 100)}}}]}"""));

    [Theory]
    [InlineData(Handed, true)]
    [InlineData("""{"history":[{"ro""", true)]
    [InlineData("""{"resourceSpans":[],"history":[]}""", false)]
    [InlineData("""{"spans":[{"history":1}]}""", false)]
    [InlineData("[]", false)]
    [InlineData("", false)]
    [InlineData("not json", false)]
    public void LooksLike_Json_TellsLogsFromTheRest(string json, bool expected) =>
        Assert.Equal(expected, WhoAndWhenReader.LooksLike(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Read_ByteOrderMark_IsSkipped()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Handed)];

        Assert.True(WhoAndWhenReader.LooksLike(json));
        Assert.Equal(4, WhoAndWhenReader.Read("log.json", json).Run.Steps.Count);
    }

    [Fact]
    public void Read_EveryDevelopmentLog_HasItsLabel()
    {
        if (SharedData.WhoAndWhenLogs().Count == 0)
            Assert.Skip(SharedData.Absent);

        IReadOnlyList<(string Path, LabeledRun Run)> logs = TestRuns.DevelopmentLogs();

        Assert.Equal(129, logs.Count);
        Assert.All(logs, log =>
        {
            Assert.Equal(RunOutcome.Failure, log.Run.Run.Outcome);
            Assert.InRange(log.Run.Label!.Step, 0, log.Run.Run.Steps.Count - 1);
            Assert.True(WhoAndWhenReader.LooksLike(File.ReadAllBytes(log.Path)));
        });
    }

    private static LabeledRun Read(string json) => WhoAndWhenReader.Read("some/log.json", Encoding.UTF8.GetBytes(json));
}
