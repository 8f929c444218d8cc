namespace AgentTrace.Probe.Corpora;

/// <summary>The tokens of the built-in corpus of Python-like code.</summary>
internal static class CodeWords
{
    public const string Start = "<start>";
    public const string Line = "<line>";
    public const string Indent = "<indent>";
    public const string Dedent = "<dedent>";

    public static readonly string[] Names =
    [
        "a", "b", "c", "d", "i", "j", "k", "n", "x", "y", "z", "item", "items", "name", "names", "value", "values", "total", "count", "result",
        "data", "rows", "index", "key", "current", "text", "left", "right", "size", "queue",
    ];

    public static readonly string[] Functions = ["load", "save", "parse", "merge", "check", "find", "build", "split"];

    public static readonly string[] Numbers = ["0", "1", "2", "3", "4", "5", "8", "10", "16", "100"];

    public static readonly string[] Strings =
    [
        "red", "green", "blue", "old", "new", "small", "big", "first", "last", "warm", "cold", "north", "south", "east", "west", "sun", "moon", "rain",
        "snow", "wind", "tree", "river", "stone", "bird", "fish", "house", "door", "road", "city", "night", "day", "hand", "eye", "voice", "song", "book",
        "page", "line", "word", "story", "king", "child", "fire", "water", "gold", "silver", "ship", "sea",
    ];

    /// <summary>Calls whose first argument is followed by a keyword of their own.</summary>
    public static readonly (string Function, string Keyword)[] Keyworded =
        [("sorted", "reverse"), ("print", "end"), ("max", "default"), ("open", "mode"), ("sum", "start"), ("round", "ndigits")];

    public static readonly string[] Rest =
    [
        Start, Line, Indent, Dedent, "=", "==", "<", "+", "+=", ",", ":", ".", "(", ")", "[", "]", "]]", "{", "}", "'", "\"", "set()", "\"\"", "if", "while", "for",
        "in", "def", "return", "break", "range", "enumerate", "len", "append", "add", "update", "get", "keys", "True", "False", "None",
    ];

    public static IEnumerable<string> All =>
        [.. Rest, .. Names, .. Functions, .. Numbers, .. Strings, .. Keyworded.Select(k => k.Function), .. Keyworded.Select(k => k.Keyword)];
}
