using System.Text.Json;

namespace Microsoft.SemanticKernel.Diagnostics;

/// <summary>The shape of content on spans: <c>{role, name, content, tool_calls}</c>, which is not the conventions' shape.</summary>
internal static class MessageFormat
{
    public static string Messages(IEnumerable<ChatMessageContent> messages) => JsonSerializer.Serialize(messages.Select(Shape));

    public static string Message(ChatMessageContent message) => JsonSerializer.Serialize(Shape(message));

    public static string Choice(ChatMessageContent message, object? finishReason) => JsonSerializer.Serialize(
        new { index = 0, message = Shape(message), tool_calls = Calls(message), finish_reason = finishReason });

    public static string Tools(Kernel kernel) => JsonSerializer.Serialize(kernel.Plugins.SelectMany(plugin => plugin).Select(function =>
        new { type = "function", name = function.Name, description = function.Description, parameters = function.JsonSchema }));

    private static object Shape(ChatMessageContent message) =>
        new { role = message.Role.Label, name = message.AuthorName, content = message.Content, tool_calls = Calls(message) };

    private static IEnumerable<object> Calls(ChatMessageContent message) => FunctionCallContent.GetFunctionCalls(message).Select(call =>
        new
        {
            id = call.Id,
            function = new { name = call.FunctionName, arguments = call.Arguments as IDictionary<string, object?> },
            type = "function",
        });
}
