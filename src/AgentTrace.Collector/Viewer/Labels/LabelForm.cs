using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentTrace.Collector.Viewer.Labels;

/// <summary>Takes what a person says about a run on its page, and keeps it as a label.</summary>
internal sealed class LabelForm(IRunStore runs, IJudgementStore judgements, Redactor redactor, TimeProvider clock)
{
    /// <summary>The name of a label whose writer gave none.</summary>
    public const string Nobody = "viewer";

    public const int LongestName = 64;
    public const int LongestReason = 2_000;

    private const int LongestForm = 16 * 1024;

    public async Task<IResult> TakeAsync(HttpContext context, string traceId)
    {
        if (!TraceId.TryParse(traceId, out TraceId id) || runs.Find(id.ToString()) is not { } record)
            return Wrong($"No finished run with the trace id {traceId} is kept here.", StatusCodes.Status404NotFound);
        if (!context.Request.HasFormContentType)
            return Wrong("The body is no form: send step, and by and reason if you like.", StatusCodes.Status415UnsupportedMediaType);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LongestForm;

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return Wrong($"The form cannot be read: {e.Message}", StatusCodes.Status400BadRequest);
        }

        string last = (record.Run.Steps.Count - 1).ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(form["step"], NumberStyles.None, CultureInfo.InvariantCulture, out int step) || step >= record.Run.Steps.Count)
            return Wrong($"step is '{form["step"]}'; this run has the steps 0 to {last}.", StatusCodes.Status400BadRequest);
        string by = form["by"].ToString().Trim(), reason = form["reason"].ToString().Trim();
        if (by.Length > LongestName || reason.Length > LongestReason)
            return Wrong($"by has {by.Length} characters and reason {reason.Length}; allowed: {LongestName} and {LongestReason}.", StatusCodes.Status400BadRequest);

        FailureAttribution? verdict = record.Attribution;
        string agent = verdict?.Step == step && verdict.Agent is { } blamed ? blamed : record.Run.Steps[step].Agent;
        await judgements.SaveLabelAsync(new PostedLabel(id.Number, agent, step, redactor.Text(reason), by.Length > 0 ? by : Nobody, clock.GetUtcNow()), context.RequestAborted).ConfigureAwait(false);

        // 303: what follows is a GET, so that reloading the page does not send the form again.
        context.Response.Headers.Location = $"/runs/{record.Run.Id}#labels";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IResult Wrong(string why, int statusCode) => Results.Text(why, statusCode: statusCode);
}
