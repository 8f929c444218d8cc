namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>Reads names of two parts.</summary>
internal static class TypedName
{
    public static (string, string) Parse(string text, string first, string second) =>
        text.Split('/') is [{ Length: > 0 } type, { Length: > 0 } rest]
            ? (type, rest)
            : throw new FormatException($"'{text}' is not of the form \"{{{first}}}/{{{second}}}\".");
}
