using System.Net;
using System.Text.Json;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Judgements;

public sealed class LabelsTests
{
    private static readonly TestTrace Trace = TestTrace.WithIgnoredToolError();

    [Fact]
    public async Task Post_ByTwoPeopleAndOneOfThemAgain_TheLastWordOfEachIsShownWithTheRun()
    {
        await using JudgedRuns runs = await StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        await api.PostAsync("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Flights", step = 0, by = "ann" });
        await api.PostAsync("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "hotels", step = 1, by = "ann", reason = "it ignored the 503" });
        (HttpStatusCode status, _) = await api.PostAsync("/v1/labels", new { traceId = Trace.TraceIdHex, agent = "Concierge", step = 2, by = "bob" });

        Assert.Equal(HttpStatusCode.OK, status);
        (_, JsonElement run) = await api.GetAsync($"/v1/runs/{Trace.TraceIdHex}");
        Assert.Equal(["ann Hotels 1 it ignored the 503", "bob Concierge 2 "], run.GetProperty("labels").EnumerateArray()
            .Select(label => $"{label.GetProperty("by")} {label.GetProperty("agent")} {label.GetProperty("step")} {label.GetProperty("reason")}"));
    }

    [Theory]
    [InlineData("Flights", 1, "ann", HttpStatusCode.BadRequest, "agent is 'Flights'; allowed: 'Hotels', whose step 1 is; the steps of Flights are 0")]
    [InlineData("Hotels", 7, "ann", HttpStatusCode.BadRequest, "step is 7; allowed: 0 to 2")]
    [InlineData("Hotels", null, "ann", HttpStatusCode.BadRequest, "step is absent")]
    [InlineData("Hotels", 1, " ", HttpStatusCode.BadRequest, "by is absent")]
    public async Task Post_WhatTheRunDoesNotBear_Is400(string agent, int? step, string by, HttpStatusCode expected, string message)
    {
        await using JudgedRuns runs = await StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.PostAsync("/v1/labels", new { traceId = Trace.TraceIdHex, agent, step, by });

        Assert.Equal(expected, status);
        Assert.Contains(message, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RunThatIsNotKept_Is404_TextWithoutJsonType415_TooLong413()
    {
        await using JudgedRuns runs = await StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("/v1/labels", new { traceId = "abc", agent = "Hotels", step = 1, by = "ann" })).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await api.PostTextAsync("/v1/labels", "{}", "text/plain")).Status);
        (HttpStatusCode status, JsonElement answer) = await api.PostTextAsync("/v1/labels", new string(' ', 300_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("larger than 262144 bytes", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JudgedRuns> StartAsync()
    {
        JudgedRuns runs = await JudgedRuns.StartAsync();
        await runs.SendAsync(Trace, Trace.Request.ResourceSpans[0].ScopeSpans[0].Spans);
        await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        return runs;
    }
}
