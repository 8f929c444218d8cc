using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AgentTrace.Collector.Tests;

/// <summary>Asks a collector's own endpoints and reads JSON.</summary>
internal sealed class ApiClient(Uri address, string? token = null) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await ReadAsync(response);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body) => PostTextAsync(path, JsonSerializer.Serialize(body));

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostTextAsync(string path, string body, string mediaType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        using HttpResponseMessage response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return await ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(Cancel);
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : JsonSerializer.SerializeToElement(text));
    }
}
