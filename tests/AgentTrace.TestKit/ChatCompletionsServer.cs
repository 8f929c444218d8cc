using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentTrace.TestKit;

/// <summary>A server on loopback that speaks the OpenAI chat completions API and answers what the test says.</summary>
public sealed class ChatCompletionsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ChatCompletionsServer(WebApplication app) => _app = app;

    /// <summary>The API's base address.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), "/v1");

    /// <summary>The model of each request.</summary>
    public ConcurrentQueue<string> Models { get; } = new();

    /// <summary>Starts a server; the callback gets the last message's text.</summary>
    public static async Task<ChatCompletionsServer> StartAsync(Func<string, string> answer, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new ChatCompletionsServer(app);
        app.MapPost("/v1/chat/completions", async (HttpContext context) =>
        {
            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.Body);
            server.Models.Enqueue(request.RootElement.GetProperty("model").GetString()!);
            JsonElement content = request.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
            string text = content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
            return Results.Json(new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1,
                model = "test-model",
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = answer(text) } } },
                usage = new { prompt_tokens = 7, completion_tokens = 3, total_tokens = 10 },
            });
        });
        await app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
