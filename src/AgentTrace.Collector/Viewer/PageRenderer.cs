using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Viewer;

/// <summary>Renders a Razor component as a whole page. It is given all it shows, so that it waits for nothing.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<IResult> RenderAsync<TPage>(Dictionary<string, object?> parameters, int statusCode = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var renderer = new HtmlRenderer(services, logs);
        await using (renderer.ConfigureAwait(false))
        {
            string html = await renderer.Dispatcher.InvokeAsync(async () =>
            {
                HtmlRootComponent page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters)).ConfigureAwait(true);
                return page.ToHtmlString();
            }).ConfigureAwait(false);
            return Results.Content(html, "text/html", Encoding.UTF8, statusCode);
        }
    }
}
