using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer.Agents;
using AgentTrace.Collector.Viewer.Components;
using AgentTrace.Collector.Viewer.Labels;
using AgentTrace.Collector.Viewer.Runs;
using AgentTrace.Store.Judgements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Viewer;

/// <summary>The pages: runs, one run, one step of it, agents; and the form that turns a click into a label.</summary>
internal static class ViewerEndpoints
{
    public static void AddViewer(this IServiceCollection services)
    {
        services.AddSingleton<RunLists>();
        services.AddSingleton<AgentReporter>();
        services.AddSingleton<LabelForm>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<ViewerGuard>();
    }

    public static void MapViewer(this IEndpointRouteBuilder routes)
    {
        ViewerGuard guard = routes.ServiceProvider.GetRequiredService<ViewerGuard>();
        RouteGroupBuilder pages = routes.MapGroup("").AddEndpointFilter(guard.CheckAsync);
        pages.MapGet("/", () => Results.Redirect("/runs"));
        pages.MapGet("/runs", RunsAsync);
        pages.MapGet("/runs/{traceId}", RunAsync);
        pages.MapGet("/runs/{traceId}/steps/{step:int}", StepAsync);
        pages.MapPost("/runs/{traceId}/labels", (HttpContext context, string traceId, LabelForm form) => form.TakeAsync(context, traceId));
        pages.MapGet("/agents", AgentsAsync);
        pages.MapGet("/viewer/{version}/{file}", (HttpContext context, string file) => ViewerAssets.Serve(context, file));
    }

    private static async Task<IResult> RunsAsync(HttpContext context, RunLists lists, PageRenderer renderer, TimeProvider clock)
    {
        RunList list = await lists.ListAsync(RunsQuery.Read(context.Request.Query), context.RequestAborted).ConfigureAwait(false);
        return await renderer.RenderAsync<RunsPage>(new()
        {
            [nameof(RunsPage.List)] = list,
            [nameof(RunsPage.Now)] = clock.GetUtcNow(),
            [nameof(RunsPage.Endpoint)] = $"{context.Request.Scheme}://{context.Request.Host}",
        }).ConfigureAwait(false);
    }

    private static async Task<IResult> RunAsync(HttpContext context, string traceId, int? from, IRunStore runs, IJudgementStore judgements, PageRenderer renderer, CollectorOptions options, TimeProvider clock)
    {
        if (Find(runs, traceId) is not { } record)
            return await NotFoundAsync(renderer, $"No finished run with the trace id {traceId} is kept here.").ConfigureAwait(false);
        return await renderer.RenderAsync<RunPage>(new()
        {
            [nameof(RunPage.Record)] = record,
            [nameof(RunPage.Labels)] = await judgements.ListLabelsAsync(TraceId.Parse(record.Run.Id).Number, context.RequestAborted).ConfigureAwait(false),
            [nameof(RunPage.Now)] = clock.GetUtcNow(),
            [nameof(RunPage.From)] = from,
            [nameof(RunPage.Options)] = options.Viewer,
            [nameof(RunPage.IsKept)] = options.Store is not null,
        }).ConfigureAwait(false);
    }

    private static Task<IResult> StepAsync(string traceId, int step, IRunStore runs, PageRenderer renderer) =>
        Find(runs, traceId) is { } record && step >= 0 && step < record.Run.Steps.Count
            ? renderer.RenderAsync<StepPage>(new() { [nameof(StepPage.Record)] = record, [nameof(StepPage.Index)] = step })
            : NotFoundAsync(renderer, $"No step {step} of a run with the trace id {traceId} is kept here.");

    private static async Task<IResult> AgentsAsync(HttpContext context, AgentReporter reporter, PageRenderer renderer) =>
        await renderer.RenderAsync<AgentsPage>(new() { [nameof(AgentsPage.Report)] = await reporter.ReportAsync(context.RequestAborted).ConfigureAwait(false) }).ConfigureAwait(false);

    private static RunRecord? Find(IRunStore runs, string traceId) => TraceId.TryParse(traceId, out TraceId id) ? runs.Find(id.ToString()) : null;

    private static Task<IResult> NotFoundAsync(PageRenderer renderer, string what) =>
        renderer.RenderAsync<MissingPage>(new() { [nameof(MissingPage.What)] = what }, StatusCodes.Status404NotFound);
}
