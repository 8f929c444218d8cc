using System.Text.Json;
using AgentTrace.Probe.Corpora;

namespace AgentTrace.Probe.Tasks;

/// <summary>A task of a user's own, as JSON lines: <c>{"prompt": "x = ' red", "other": "x = \" red", "right": "'", "wrong": "\""}</c>.</summary>
/// <remarks><c>right</c> comes after <c>prompt</c>, and <c>wrong</c> after <c>other</c>; both are the same in every line. Tokens are separated by white space.</remarks>
public sealed class ListedTask : ICircuitTask
{
    /// <summary>Least number of pairs: a third each to fit to, to decide by, and to judge by.</summary>
    public const int LeastPairs = 12;

    private const int MostPairs = 100_000;
    private const int MostLineCharacters = 1 << 20;

    private readonly (TaskPrompt First, TaskPrompt Second)[] _pairs;

    private ListedTask(string name, (TaskPrompt First, TaskPrompt Second)[] pairs) => (Name, _pairs) = (name, pairs);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description => $"{_pairs.Length} pairs of prompts";

    /// <summary>Reads a task.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lines">The lines; empty ones are passed over.</param>
    /// <param name="vocabulary">The model's tokens.</param>
    /// <exception cref="FormatException">A line is no such object, holds a word that is no token, or there are too few; the message says which and why.</exception>
    public static ListedTask Read(string name, TextReader lines, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var pairs = new List<(TaskPrompt First, TaskPrompt Second)>();
        int number = 0;
        while (lines.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Length > MostLineCharacters || pairs.Count == MostPairs)
                throw new FormatException($"{name}, line {number}: allowed are {MostPairs} pairs and {MostLineCharacters} characters a line.");
            (TaskPrompt First, TaskPrompt Second) pair = Pair(name, number, line, vocabulary);
            if (pairs.Count > 0 && (pair.First.First, pair.First.Second) != (pairs[0].First.First, pairs[0].First.Second))
                throw new FormatException($"{name}, line {number}: right and wrong are not the tokens of the lines before. A task is about one pair of tokens; put the others into a task of their own.");
            pairs.Add(pair);
        }

        return pairs.Count >= LeastPairs
            ? new ListedTask(name, [.. pairs])
            : throw new FormatException($"{name} has {pairs.Count} pairs of prompts; at least {LeastPairs} are needed, of which a third each is fitted to, decided by and judged by.");
    }

    /// <inheritdoc/>
    public (TaskPrompt First, TaskPrompt Second) Pair(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return _pairs[random.Next(_pairs.Length)];
    }

    /// <summary>Every third pair, from the first, second or third on: sets without a pair in common.</summary>
    internal TaskSet Third(int which) => new(Name, _pairs.Where((_, i) => i % 3 == which).SelectMany(pair => new[] { pair.First, pair.Second }));

    private static (TaskPrompt First, TaskPrompt Second) Pair(string name, int number, string line, Vocabulary vocabulary)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            int right = Token("right"), wrong = Token("wrong");
            if (right == wrong)
                throw new FormatException("right and wrong are the same token");
            return (new TaskPrompt(Tokens("prompt"), right, wrong, true), new TaskPrompt(Tokens("other"), right, wrong, false));

            string Text(string property) => document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new FormatException($"the text \"{property}\" is missing");

            int Token(string property) => vocabulary.Encode(Text(property)) is [int only] ? only : throw new FormatException($"\"{property}\" is not one token");

            int[] Tokens(string property) => vocabulary.Encode(Text(property)) is { Length: > 0 } tokens ? tokens : throw new FormatException($"\"{property}\" is empty");
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new FormatException($"{name}, line {number}: {e.Message.Split(" (Parameter '")[0]}. Expected: {{\"prompt\": \"...\", \"other\": \"...\", \"right\": \"token\", \"wrong\": \"token\"}}.", e);
        }
    }
}
