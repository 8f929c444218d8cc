using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Demo;

/// <summary>One agent of the desk: a model, its tools, and the loop between them. Tracing is the turn's three lines and two wrappers.</summary>
internal sealed class TravelAgent
{
    private readonly string _name;
    private readonly ScriptedChatClient _model;
    private readonly IChatClient _client;
    private readonly Dictionary<string, AIFunction> _tools;

    public TravelAgent(string name, ScriptedChatClient model, IEnumerable<AIFunction> tools)
    {
        _name = name;
        _model = model;
        _client = model.WithAgentTrace(name);
        _tools = tools.ToDictionary(tool => tool.Name, tool => tool.WithAgentTrace());
    }

    /// <summary>Takes one turn: adds its answer to the conversation and returns whom it hands over to, or null at the end.</summary>
    public async Task<string?> TakeTurnAsync(List<ChatMessage> conversation, CancellationToken cancellationToken)
    {
        using AgentTurn turn = AgentTurn.Start(_name);
        turn.SetInput(conversation);
        List<ChatMessage> messages = [.. conversation];
        ChatResponse response = await _client.GetResponseAsync(messages, cancellationToken: cancellationToken).ConfigureAwait(false);
        while (Calls(response) is { Count: > 0 } calls)
        {
            messages.AddRange(response.Messages);
            foreach (FunctionCallContent call in calls)
                messages.Add(new ChatMessage(ChatRole.Tool, [await InvokeAsync(call, cancellationToken).ConfigureAwait(false)]));
            response = await _client.GetResponseAsync(messages, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        turn.SetOutput(response.Text);
        if (_model.LastHandOff is { } next)
            turn.HandOffTo(next);
        conversation.Add(new ChatMessage(ChatRole.Assistant, response.Text) { AuthorName = _name });
        return _model.LastHandOff;
    }

    private static List<FunctionCallContent> Calls(ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];

    /// <summary>A tool's exception goes back to the model as text, as agent frameworks do it; the span keeps the error.</summary>
    private async Task<FunctionResultContent> InvokeAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        try
        {
            object? result = await _tools[call.Name].InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken).ConfigureAwait(false);
            return new FunctionResultContent(call.CallId, result);
        }
        catch (HttpRequestException e)
        {
            return new FunctionResultContent(call.CallId, $"Error: {e.Message}") { Exception = e };
        }
    }
}
