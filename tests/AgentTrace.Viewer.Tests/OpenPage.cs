using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AgentTrace.Viewer.Tests;

/// <summary>One page, and what went wrong in it: script errors, what its policy refused, requests to elsewhere, dialogs.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _wrong = new();

    public OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _wrong.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => _wrong.Enqueue($"script: {error}");
        page.Dialog += async (_, dialog) =>
        {
            _wrong.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!new Uri(request.Url).IsLoopback)
                _wrong.Enqueue($"request to elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Goes to an address and returns the answer's HTML.</summary>
    public async Task<string> GoAsync(Uri address)
    {
        IResponse? answer = await Page.GotoAsync(address.ToString());
        Assert.NotNull(answer);
        return await answer.TextAsync();
    }

    /// <summary>What axe-core has against the page.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        AxeResult result = await Page.RunAxe();
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Impact} {rule.Id}: {node.Html}"))];
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
