using System.Text.Json;
using System.Text.RegularExpressions;
using AgentTrace.TestKit;
using YamlDotNet.RepresentationModel;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>The files of <c>samples/observability</c>.</summary>
internal static partial class ObservabilitySample
{
    public static string Folder { get; } = Path.Combine(SharedData.RepositoryRoot, "samples", "observability");

    public static IEnumerable<string> Dashboards => Directory.EnumerateFiles(Path.Combine(Folder, "grafana", "dashboards"), "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Reads a YAML file; a key that stands twice is an error.</summary>
    public static YamlNode Yaml(string path)
    {
        var stream = new YamlStream();
        using var text = new StringReader(Text(path));
        stream.Load(text);
        return Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>The node behind the keys, or null where one of them is not there.</summary>
    public static YamlNode? At(this YamlNode node, params IEnumerable<string> keys) =>
        keys.Aggregate((YamlNode?)node, (at, key) => at is YamlMappingNode map && map.Children.TryGetValue(key, out YamlNode? child) ? child : null);

    public static IEnumerable<string> Keys(this YamlNode? node) => node is YamlMappingNode map ? map.Children.Keys.Select(key => key.ToString()) : [];

    public static IReadOnlyList<string> Items(this YamlNode? node) => node is YamlSequenceNode list ? [.. list.Select(item => item.ToString())] : [];

    public static JsonElement Dashboard(string file) => JsonDocument.Parse(Text($"grafana/dashboards/{file}")).RootElement;

    /// <summary>Every text of the dashboard under that key, wherever it stands.</summary>
    public static IEnumerable<string> TextsOf(JsonElement element, string key) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == key && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : TextsOf(member.Value, key)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => TextsOf(item, key)),
        _ => [],
    };

    /// <summary>The queries for spans, as Grafana sends them with every variable at "all".</summary>
    public static IEnumerable<string> SpanQueries(JsonElement dashboard) =>
        TextsOf(dashboard, "query").Where(query => query.StartsWith('{')).Select(query => Variable().Replace(query, ".*"));

    [GeneratedRegex(@"\$[a-z]+")]
    private static partial Regex Variable();
}
