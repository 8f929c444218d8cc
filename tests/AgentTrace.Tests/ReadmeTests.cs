using System.Diagnostics;
using System.Text.RegularExpressions;
using AgentTrace.Conventions;
using AgentTrace.TestKit;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests;

/// <summary>Runs what the package's README shows, and holds the README to it.</summary>
[Collection(ProcessWide.Name)]
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Readme_Snippets_DoWhatItSays()
    {
        using Recorder recorder = Recorder.Wired(builder => builder
            .AddAgentTraceInstrumentation(o => o.CaptureContent = true));
        using var model = new ScriptedChatClient(Answers.Text("SK1"));

        IChatClient client = model.WithAgentTrace("Flights");
        await client.GetResponseAsync("Find a flight.", cancellationToken: TestContext.Current.CancellationToken);
        ByHand();

        Activity run = recorder["invoke_workflow travel-desk"];
        Assert.Equal("failure", run.GetTagItem(AgentTraceAttributes.RunOutcome));
        Assert.Equal("SK1 and a room", run.GetTagItem(AgentTraceAttributes.RunExpectedAnswer));
        Assert.Equal("Flights", recorder["invoke_agent Hotels"].GetTagItem(AgentTraceAttributes.HandoffFrom));
        Assert.Equal("sold_out", recorder["invoke_agent Hotels"].GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal("""["SK1"]""", recorder["execute_tool search_flights"].GetTagItem(GenAiAttributes.ToolCallResult));
    }

    [Fact]
    public void Readme_Snippets_StandInThisFile()
    {
        string root = SharedData.RepositoryRoot;
        string code = WithoutIndents(File.ReadAllText(Path.Combine(root, "tests", "AgentTrace.Tests", "ReadmeTests.cs")));
        MatchCollection snippets = Snippet().Matches(File.ReadAllText(Path.Combine(root, "src", "AgentTrace", "README.md")));

        Assert.Equal(3, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(WithoutIndents(snippet.Groups[1].Value), code, StringComparison.Ordinal));
    }

    private static void ByHand()
    {
        using AgentRun run = AgentRun.Start("travel-desk", new AgentRunOptions { Input = "Book Oslo for Friday." });
        using (AgentTurn turn = AgentTurn.Start("Flights"))
        {
            turn.SetInput("Find a flight to Oslo.");
            using (ToolCall call = ToolCall.Start("search_flights", callId: "c1", arguments: """{"to":"Oslo"}"""))
                call.SetResult("""["SK1"]""");
            turn.SetOutput("SK1 it is.");
            turn.HandOffTo("Hotels");
        }

        using (AgentTurn turn = AgentTurn.Start("Hotels"))
            turn.Fail("no rooms left", errorType: "sold_out");

        run.Fail("booked a flight without a room", expectedAnswer: "SK1 and a room");
    }

    private static string WithoutIndents(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
