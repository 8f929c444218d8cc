using System.Text.Json;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query;
using AgentTrace.Collector.Redaction;
using AgentTrace.Store.Judgements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Judgements;

/// <summary>POST /v1/outcomes (how a run went) and /v1/labels (who erred in it). Both may be sent again: the last one holds.</summary>
internal static class JudgementsApi
{
    private const int MaxBodyBytes = 256 * 1024, LongestAnswer = 64 * 1024;
    private const string OutcomeMembers = "traceId (hex), outcome (failure or success), and where known expectedAnswer and note (texts)";
    private const string LabelMembers = "traceId (hex), agent, step (0-based), by, and where known reason (a text)";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/outcomes", PostOutcomeAsync).AddEndpointFilter(ApiErrors.Ours);
        routes.MapPost("/v1/labels", PostLabelAsync).AddEndpointFilter(ApiErrors.Ours);
    }

    private static async Task<IResult> PostOutcomeAsync(HttpRequest http, OutcomePosting posting, Redactor redactor, TimeProvider clock, CancellationToken cancellationToken)
    {
        OutcomeRequest request = await ApiJson.ReadAsync<OutcomeRequest>(http, MaxBodyBytes, OutcomeMembers, cancellationToken).ConfigureAwait(false);
        if (request.Outcome is not ("failure" or "success"))
            throw QueryParameters.Wrong("outcome", request.Outcome is null ? "absent" : $"'{QueryParameters.Shown(request.Outcome)}'", "failure, success");
        var outcome = new PostedOutcome(
            QueryParameters.TraceIdOf(request.TraceId ?? throw QueryParameters.Wrong("traceId", "absent", "32 hex digits")),
            request.Outcome,
            request.ExpectedAnswer is { } answer ? redactor.Text(JudgementText.Within("expectedAnswer", answer, LongestAnswer)) : null,
            request.Note is { } note ? redactor.Text(JudgementText.Within("note", note, LongestAnswer)) : null,
            clock.GetUtcNow());
        OutcomeEffect effect = await posting.PostAsync(outcome, cancellationToken).ConfigureAwait(false);
        return ApiJson.Result(new
        {
            traceId = TraceId.Of(outcome.TraceId).ToString(),
            outcome.Outcome,
            outcome.ExpectedAnswer,
            outcome.Note,
            run = JsonNamingPolicy.SnakeCaseLower.ConvertName(effect.ToString()),
        });
    }

    private static async Task<IResult> PostLabelAsync(HttpRequest http, LabelPosting posting, CancellationToken cancellationToken)
    {
        LabelRequest request = await ApiJson.ReadAsync<LabelRequest>(http, MaxBodyBytes, LabelMembers, cancellationToken).ConfigureAwait(false);
        PostedLabel label = await posting.PostAsync(request, cancellationToken).ConfigureAwait(false);
        return ApiJson.Result(new { traceId = TraceId.Of(label.TraceId).ToString(), label.Agent, label.Step, label.Reason, label.By, label.At });
    }
}
