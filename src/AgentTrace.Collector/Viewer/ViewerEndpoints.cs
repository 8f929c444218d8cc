using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer.Agents;
using AgentTrace.Collector.Viewer.Circuits;
using AgentTrace.Collector.Viewer.Components;
using AgentTrace.Collector.Viewer.Labels;
using AgentTrace.Collector.Viewer.Runs;
using AgentTrace.Store.Judgements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Viewer;

/// <summary>The pages: runs, one run, one step of it, one probe in it, agents; and the form that turns a click into a label.</summary>
internal static class ViewerEndpoints
{
    public static void AddViewer(this IServiceCollection services)
    {
        services.AddSingleton<RunLists>();
        services.AddSingleton<AgentReporter>();
        services.AddSingleton<LabelForm>();
        services.AddSingleton<ProbeLibrary>();
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
        pages.MapGet("/runs/{traceId}/probes/{spanId}", ProbeAsync);
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

    private static async Task<IResult> RunAsync(HttpContext context, string traceId, int? from, IRunStore runs, IJudgementStore judgements, ProbeLibrary probes, PageRenderer renderer, CollectorOptions options, TimeProvider clock)
    {
        if (Find(runs, traceId) is not { } record)
            return await NotFoundAsync(renderer, $"No finished run with the trace id {traceId} is kept here.").ConfigureAwait(false);
        TraceId id = TraceId.Parse(record.Run.Id);
        return await renderer.RenderAsync<RunPage>(new()
        {
            [nameof(RunPage.Record)] = record,
            [nameof(RunPage.Labels)] = await judgements.ListLabelsAsync(id.Number, context.RequestAborted).ConfigureAwait(false),
            [nameof(RunPage.Probes)] = await probes.ListAsync(id, context.RequestAborted).ConfigureAwait(false),
            [nameof(RunPage.Now)] = clock.GetUtcNow(),
            [nameof(RunPage.From)] = from,
            [nameof(RunPage.Options)] = options.Viewer,
            [nameof(RunPage.IsKept)] = options.Store is not null,
        }).ConfigureAwait(false);
    }

    private static async Task<IResult> StepAsync(HttpContext context, string traceId, int step, IRunStore runs, ProbeLibrary probes, PageRenderer renderer) =>
        Find(runs, traceId) is { } record && step >= 0 && step < record.Run.Steps.Count
            ? await renderer.RenderAsync<StepPage>(new()
            {
                [nameof(StepPage.Record)] = record,
                [nameof(StepPage.Index)] = step,
                [nameof(StepPage.Probes)] = await probes.ListAsync(TraceId.Parse(record.Run.Id), context.RequestAborted).ConfigureAwait(false),
            }).ConfigureAwait(false)
            : await NotFoundAsync(renderer, $"No step {step} of a run with the trace id {traceId} is kept here.").ConfigureAwait(false);

    private static async Task<IResult> ProbeAsync(HttpContext context, string traceId, string spanId, IRunStore runs, ProbeLibrary probes, PageRenderer renderer, CollectorOptions options)
    {
        if (!probes.IsKept)
            return await NotFoundAsync(renderer, "A probe's circuit is drawn from stored spans, and none are kept here: start the collector with --store FILE.").ConfigureAwait(false);
        if (!TraceId.TryParse(traceId, out TraceId id) || await probes.FindAsync(id, spanId, context.RequestAborted).ConfigureAwait(false) is not { } reading)
            return await NotFoundAsync(renderer, $"No probe's span {spanId} in a trace {traceId} is kept here.").ConfigureAwait(false);
        return await renderer.RenderAsync<ProbePage>(new()
        {
            [nameof(ProbePage.TraceId)] = id.ToString(),
            [nameof(ProbePage.Reading)] = reading,
            [nameof(ProbePage.Record)] = Find(runs, traceId),
            [nameof(ProbePage.TraceUrl)] = options.Viewer.TraceUrlOf(id.ToString(), spanId),
        }).ConfigureAwait(false);
    }

    private static async Task<IResult> AgentsAsync(HttpContext context, AgentReporter reporter, PageRenderer renderer) =>
        await renderer.RenderAsync<AgentsPage>(new() { [nameof(AgentsPage.Report)] = await reporter.ReportAsync(context.RequestAborted).ConfigureAwait(false) }).ConfigureAwait(false);

    private static RunRecord? Find(IRunStore runs, string traceId) => TraceId.TryParse(traceId, out TraceId id) ? runs.Find(id.ToString()) : null;

    private static Task<IResult> NotFoundAsync(PageRenderer renderer, string what) =>
        renderer.RenderAsync<MissingPage>(new() { [nameof(MissingPage.What)] = what }, StatusCodes.Status404NotFound);
}
