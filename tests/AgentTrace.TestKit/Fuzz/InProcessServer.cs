using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>Stands in a host where its web server would: hands requests to the app without a socket between, so that millions can be tried.</summary>
public sealed class InProcessServer : IServer
{
    private Func<FeatureCollection, Task>? _serve;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Posts a body and gives the status and the body of the answer.</summary>
    public async Task<(int Status, byte[] Body)> PostAsync(string path, string contentType, byte[] body)
    {
        using var input = new MemoryStream(body);
        using var output = new MemoryStream();
        var response = new StreamResponseBodyFeature(output);
        var request = new HttpRequestFeature { Method = "POST", Path = path, Protocol = "HTTP/1.1", Scheme = "http", Body = input, PathBase = "", RawTarget = path };
        request.Headers.ContentType = contentType;
        request.Headers.ContentLength = body.Length;
        var status = new HttpResponseFeature { Body = output };
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(status);
        features.Set<IHttpResponseBodyFeature>(response);
        await (_serve ?? throw new InvalidOperationException("The host has not been started."))(features);
        await response.CompleteAsync();
        return (status.StatusCode, output.ToArray());
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
    {
        _serve = async features =>
        {
            TContext context = application.CreateContext(features);
            Exception? failure = null;
            try
            {
                await application.ProcessRequestAsync(context);
            }
            catch (Exception e)
            {
                failure = e;
                throw;
            }
            finally
            {
                application.DisposeContext(context, failure);
            }
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
