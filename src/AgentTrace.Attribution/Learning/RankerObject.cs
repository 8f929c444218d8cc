using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Attribution.Learning;

/// <summary>A JSON object of a ranker's file, read with complaints that name the file and the place.</summary>
internal readonly struct RankerObject(string source, string path, JsonElement element)
{
    /// <summary>No number that training produces comes near it; larger ones would run out of range once multiplied.</summary>
    private const double Largest = 1e6;

    public string Text(string name) =>
        Member(name) is { ValueKind: JsonValueKind.String } value ? Decoded(name, value) : throw Wrong(name, "is not a text", "Train the ranker again.");

    public int WholeNumber(string name, int least, int most) =>
        Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"is not a whole number from {least}", "Train the ranker again.");

    public double Number(string name, double least) =>
        Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) && Math.Abs(number) <= Largest && number >= least
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is not a number from {Math.Max(least, -Largest):0.#} to {Largest:0}"), "Train the ranker again.");

    public RankerObject[] Objects(string name, int fewest, int most, string what)
    {
        JsonElement value = Member(name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < fewest || value.GetArrayLength() > most)
            throw Wrong(name, $"is not a list of {(fewest == most ? $"the {most}" : $"{fewest} to {most}")} {what}", "Train the ranker again.");
        (string file, string place) = (source, path);
        return [.. value.EnumerateArray().Select((item, i) => new RankerObject(file, $"{place}.{name}[{i}]", item))];
    }

    public double[] Numbers(string name, int count)
    {
        JsonElement value = Member(name);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != count)
            throw Wrong(name, $"is not a list of {count} numbers", "Train the ranker again.");
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
            numbers[i] = value[i] is { ValueKind: JsonValueKind.Number } item && item.TryGetDouble(out double number) && Math.Abs(number) <= Largest
                ? number
                : throw Wrong($"{name}[{i}]", string.Create(CultureInfo.InvariantCulture, $"is not a number from {-Largest:0} to {Largest:0}"), "Train the ranker again.");
        return numbers;
    }

    public RankerFormatException Wrong(string name, string what, string todo) => new($"{source}: {path}.{name} {what}. {todo}");

    private JsonElement Member(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new RankerFormatException($"{source}: {path} is not an object. Give a file that agenttrace train wrote.");
        return element.TryGetProperty(name, out JsonElement value) ? value : throw Wrong(name, "is missing", "Train the ranker again.");
    }

    private string Decoded(string name, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new RankerFormatException($"{source}: {path}.{name} is not valid text. Train the ranker again.", e);
        }
    }
}
