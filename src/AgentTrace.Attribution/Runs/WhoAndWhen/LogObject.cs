using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Attribution.Runs.WhoAndWhen;

/// <summary>One JSON object of a log, with what a complaint about it needs: the file and the path.</summary>
internal readonly struct LogObject
{
    private readonly JsonElement _element;
    private readonly string _path;

    public LogObject(string source, string path, JsonElement element)
    {
        Source = source;
        _path = path;
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
            throw new RunFormatException($"{source}: {path} is {Kind(element)}, not an object. Check that the file is one Who&When log, not a list of them.");
    }

    public string Source { get; }

    public RunFormatException Wrong(string property, string what, string whatToDo) => new($"{Source}: {_path}.{property} {what}. {whatToDo}");

    public JsonElement RequiredArray(string property, string whatToDo)
    {
        if (!TryFind(property, out JsonElement value))
            throw Wrong(property, "is missing", whatToDo);
        return value.ValueKind == JsonValueKind.Array ? value : throw Wrong(property, $"is {Kind(value)}, not an array", whatToDo);
    }

    /// <summary>A text or a number as text; null where it is absent, null or blank.</summary>
    public string? OptionalText(string property)
    {
        if (!TryFind(property, out JsonElement value))
            return null;
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => String(property, value),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw Wrong(property, $"is {Kind(value)}, not text", "Write it as a JSON string."),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Any value as text: a string as it is, null or absent as nothing, anything else as its JSON.</summary>
    public string AnyText(string property) =>
        !TryFind(property, out JsonElement value) ? "" : value.ValueKind switch
        {
            JsonValueKind.String => String(property, value),
            JsonValueKind.Null => "",
            _ => value.GetRawText(),
        };

    public bool? OptionalBoolean(string property) =>
        !TryFind(property, out JsonElement value) ? null : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            _ => throw Wrong(property, $"is {Kind(value)}, not true or false", "Write it without quotes."),
        };

    public int? OptionalInteger(string property)
    {
        if (OptionalText(property) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Wrong(property, $"is \"{Short(text)}\", not a whole number", "Give the 0-based index of a step.");
    }

    private bool TryFind(string property, out JsonElement value)
    {
        try
        {
            return _element.TryGetProperty(property, out value);
        }
        catch (InvalidOperationException e)
        {
            throw new RunFormatException($"{Source}: {_path} has a property whose name is no valid Unicode. Save the file as UTF-8.", e);
        }
    }

    private string String(string property, JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, or bytes that are no UTF-8, pass the parser and fail here.
            throw new RunFormatException($"{Source}: {_path}.{property} holds text that is no valid Unicode. Save the file as UTF-8.", e);
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
