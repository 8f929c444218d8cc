using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;
using static AgentTrace.Attribution.Tests.TestRuns;

namespace AgentTrace.Attribution.Tests.Attributors.Structural;

/// <summary>A travel desk whose planner, flight and hotel agents fail in known ways.</summary>
public sealed class ScenarioTests
{
    private const string Search = """{"from":"LIS","to":"OSL","date":"2025-05-03"}""";

    [Fact]
    public async Task AttributeAsync_ToolErrorIgnoredInTheAnswer_BlamesThatAgent()
    {
        FailureAttribution verdict = await Attribute(
            Step("Planner", "We need a flight first, then a hotel.") with { HandoffTo = "Flights" },
            Step("Flights", "The cheapest flight is TP1234 at 310 euros.", Call("search_flights", Search, """{"flights":[{"id":"TP1234","price":310}]}""")),
            Step("Hotels", "I booked the Grand Hotel for 3 nights at 120 euros.", Call("book_hotel", """{"hotel":"Grand"}""", error: "503 Service Unavailable")),
            Step("Planner", "All done: flight TP1234 and the Grand Hotel are booked for 430 euros."));

        Assert.Equal(2, verdict.Step);
        Assert.Equal("Hotels", verdict.Agent);
        Assert.Contains("503 Service Unavailable", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("step 2", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_OneAgentOwnsUpToItsFailedToolAndAnotherDoesNot_BlamesTheOther()
    {
        FailureAttribution verdict = await Attribute(
            Step("Flights", "I could not reach the airline: the search failed.", Call("search_flights", Search, error: "timeout")),
            Step("Hotels", "The Grand Hotel has a room.", Call("book_hotel", """{"hotel":"Grand"}""", error: "timeout")),
            Step("Planner", "A room at the Grand Hotel it is."));

        Assert.Equal(1, verdict.Step);
        Assert.Contains("without a word of it", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_AssumedFactHandedOn_BlamesTheFirstAgentAndNotThoseWhoBuildOnIt()
    {
        FailureAttribution verdict = await Attribute(
            Step("Planner", "Find the baggage rule, then the flight, then the total."),
            Step("Policy", "As far as I remember, the airline Norwind allows 32 kg on every fare, so I assume bags are free."),
            Step("Flights", "With free bags of 32 kg the Norwind flight NW77 is cheapest.", Call("search_flights", Search, """{"flights":[{"id":"NW77","price":199}]}""")),
            Step("Budget", "The total is 199 euros, since Norwind takes 32 kg for free.", Call("add", """{"a":199,"b":0}""", "199")),
            Step("Planner", "The answer is NW77 for 199 euros with 32 kg of bags."));

        Assert.Equal(1, verdict.Step);
        Assert.Equal("Policy", verdict.Agent);
        Assert.Contains("builds on it in step", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_SameCallAgainAndAgainThenAPrematureAnswer_BlamesTheFirstRepetition()
    {
        ToolCall call = Call("search_flights", Search, "[]");
        FailureAttribution verdict = await Attribute(
            Step("Planner", "Find the cheapest flight."),
            Step("Flights", "Looking for flights.", call),
            Step("Flights", "Looking for flights again.", call),
            Step("Flights", "Let me look once more.", call),
            Step("Flights", "Still looking for flights.", call),
            Step("Planner", "The final answer is flight XX1."));

        Assert.Equal(2, verdict.Step);
        Assert.Equal("Flights", verdict.Agent);
        Assert.Contains("loop", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("1, 2, 3, 4", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_ToolErrorMadeGoodLater_IsNotBlamed()
    {
        FailureAttribution verdict = await Attribute(
            Step("Planner", "Find a flight, then a hotel."),
            Step("Flights", "Flight TP1234 costs 310 euros.",
                Call("search_flights", Search, error: "timeout"), Call("search_flights", Search, """{"flights":[{"id":"TP1234"}]}""")),
            Step("Hotels", "The Grand costs 120 euros.", Call("search_hotels", """{"city":"OSL"}""", error: "500 Internal Server Error")),
            Step("Planner", "The answer is 430 euros."));

        Assert.Equal(2, verdict.Step);
    }

    [Fact]
    public async Task AttributeAsync_FailedCodeReportedByAnotherAgent_BlamesTheStepThatWroteIt()
    {
        FailureAttribution verdict = await Attribute(
            Step("user", "How many rows has fares.csv?"),
            Step("Planner", "The coder should count them."),
            Step("Coder", "```python\nprint(len(open('fare.csv').readlines()))\n```"),
            Step("Shell", "exit code: 1\nTraceback (most recent call last):\nFileNotFoundError: No such file: 'fare.csv'"),
            Step("Planner", "It has 10 rows."));

        Assert.Equal(2, verdict.Step);
        Assert.Contains("FileNotFoundError", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_NoContentCaptured_StillBlamesTheFailedTool()
    {
        FailureAttribution verdict = await Attribute(
            Step("Planner", ""),
            Step("Flights", "", new ToolCall { Name = "search_flights", SpanId = "aaaaaaaaaaaaaaaa" }),
            Step("Hotels", "", new ToolCall { Name = "book_hotel", Error = "System.TimeoutException", SpanId = "bbbbbbbbbbbbbbbb" }) with { SpanId = "cccccccccccccccc" },
            Step("Planner", ""));

        Assert.Equal(2, verdict.Step);
        Assert.Equal(["cccccccccccccccc", "bbbbbbbbbbbbbbbb"], verdict.EvidenceSpanIds);
    }

    [Fact]
    public async Task AttributeAsync_TurnFailed_BlamesThatTurn()
    {
        FailureAttribution verdict = await Attribute(
            Step("Planner", "Find a flight."),
            Step("Flights", "Here are flights.", Call("search_flights", Search, "[1]")),
            Step("Hotels", "") with { Error = "The model's context is full." });

        Assert.Equal(2, verdict.Step);
        Assert.Contains("context is full", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_SameRequestTwice_SaysThatTheFirstAnswerWasNone()
    {
        FailureAttribution verdict = await Attribute(
            Step("user", "Which hotel is nearest to the fair?"),
            Step("Lead", "Please list the hotels near the fair with their distance.") with { HandoffTo = "Web" },
            Step("Web", "Welcome to our portal. Accept cookies.") with { HandoffFrom = "Lead" },
            Step("Lead", "Please list the hotels near the fair and their distance.") with { HandoffTo = "Web" },
            Step("Web", "Hotel Nord is 300 m away.") with { HandoffFrom = "Lead" });

        Assert.Equal(2, verdict.Step);
        Assert.Contains("step 2 was no answer", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_NothingFires_NamesThePlaceWithHalfItsProbability()
    {
        FailureAttribution verdict = await Attribute(Step("Planner", "Plan the trip to the north."), Step("Writer", "Oslo in May, then."));

        Assert.Equal(AttributionVerdict.DecisiveError, verdict.Verdict);
        Assert.Equal(verdict.Ranking[0].Probability / 2, verdict.Confidence, 9);
        Assert.Contains("by its place alone", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_NoSteps_Abstains()
    {
        FailureAttribution verdict = await Attribute();

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Null(verdict.Step);
        Assert.Null(verdict.Agent);
        Assert.Empty(verdict.Ranking);
    }

    [Fact]
    public async Task AttributeAsync_AnyRun_RanksEveryStepOnceWithProbabilitiesThatSumToOne()
    {
        FailureAttribution verdict = await Attribute([.. Enumerable.Range(0, 30).Select(i => Step($"a{i % 4}", $"I assume {i}0 is right."))]);

        Assert.Equal(Enumerable.Range(0, 30), verdict.Ranking.Select(blame => blame.Step).Order());
        Assert.Equal(1, verdict.Ranking.Sum(blame => blame.Probability), 9);
        Assert.Equal(verdict.Ranking.OrderByDescending(blame => blame.Probability).Select(blame => blame.Probability), verdict.Ranking.Select(blame => blame.Probability));
    }

    private static async Task<FailureAttribution> Attribute(params Step[] steps) =>
        await new StructuralAttributor().AttributeAsync(Of(steps), TestContext.Current.CancellationToken);
}
