using AgentTrace.Collector.Otlp;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query;

/// <summary>GET /v1/runs and /v1/runs/{traceId}.</summary>
internal static class RunsApi
{
    private const int DefaultLimit = 50, MaxLimit = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs", ListAsync).AddEndpointFilter(ApiErrors.Ours);
        routes.MapGet("/v1/runs/{traceId}", FindAsync).AddEndpointFilter(ApiErrors.Ours);
    }

    /// <summary>What a request's parameters ask for.</summary>
    /// <exception cref="ApiException">One of them is wrong.</exception>
    public static RunFilter Filter(IQueryCollection query)
    {
        var parameters = new QueryParameters(query);
        parameters.AllowOnly("outcome", "agent", "service", "workflow", "category", "step", "since", "until", "limit", "cursor");
        return new RunFilter
        {
            Outcome = parameters.OneOf("outcome", "failure", "success", "unknown"),
            Agent = parameters.Text("agent"),
            Service = parameters.Text("service"),
            Name = parameters.Text("workflow"),
            Category = parameters.Text("category"),
            Step = parameters.Whole("step", 0, int.MaxValue),
            Since = parameters.Time("since"),
            Until = parameters.Time("until"),
            Limit = parameters.Whole("limit", 1, MaxLimit) ?? DefaultLimit,
            After = parameters.Text("cursor") is { } cursor ? CursorText.Read(cursor) : null,
        };
    }

    private static async Task<IResult> ListAsync(HttpRequest request, RunLibrary library, CancellationToken cancellationToken)
    {
        RunPage page = await library.ListAsync(Filter(request.Query), cancellationToken).ConfigureAwait(false);
        return ApiJson.Result(new { runs = page.Runs.Select(RunSummary.Of), next = page.Next is { } next ? CursorText.Write(next) : null });
    }

    private static async Task<IResult> FindAsync(string traceId, RunLibrary library, CancellationToken cancellationToken)
    {
        UInt128 id = QueryParameters.TraceIdOf(traceId);
        RunDetails details = await library.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw ApiException.NotFound($"no finished run with trace id {TraceId.Of(id)} is kept here");
        return ApiJson.Result(new
        {
            details.Record.Run,
            details.Record.Spans,
            details.Record.FinishedAt,
            details.Record.Service,
            details.Record.Completeness,
            details.Record.Attribution,
            details.Record.Revision,
            outcome = details.Outcome is { } outcome ? new { outcome.Outcome, outcome.ExpectedAnswer, outcome.Note, outcome.At } : null,
            labels = details.Labels.Select(Label),
        });
    }

    private static object Label(PostedLabel label) => new { label.Agent, label.Step, label.Reason, label.By, label.At };
}
