using System.CommandLine;
using Microsoft.Extensions.Configuration;

namespace AgentTrace.Cli.Commands.Configuration;

/// <summary>Reads the settings of one source: the section <c>AgentTrace</c> of a JSON file, or the environment variables <c>AgentTrace__...</c>.</summary>
internal sealed class SettingsReader(IReadOnlyDictionary<string, Option> options)
{
    public const string Section = "AgentTrace";

    /// <summary>The file's settings.</summary>
    /// <exception cref="CliException">The file cannot be read, or holds what is no setting.</exception>
    public IReadOnlyList<ConfiguredSetting> File(string path)
    {
        IConfigurationRoot root;
        try
        {
            // A stream rather than AddJsonFile: that one resolves paths against the tool's own folder, and people mean the one they stand in.
            using FileStream stream = System.IO.File.OpenRead(path);
            root = new ConfigurationBuilder().AddJsonStream(stream).Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new CliException(ExitCodes.BadCall, $"--config {path} cannot be read: {(e.InnerException ?? e).Message} Allowed: a JSON file with the section \"{Section}\".", e);
        }

        // A section with a slip in its name would be passed over in silence else.
        if (root.GetChildren().FirstOrDefault(child => !child.Key.Equals(Section, StringComparison.OrdinalIgnoreCase)) is { } other)
            throw new CliException(ExitCodes.BadCall, $"there is no section {other.Key} (file {path}); allowed: {Section}");
        return Settings(root, _ => $"file {path}");
    }

    /// <summary>The environment's settings.</summary>
    /// <exception cref="CliException">There is one that is no setting.</exception>
    public IReadOnlyList<ConfiguredSetting> Environment() =>
        Settings(new ConfigurationBuilder().AddEnvironmentVariables().Build(), key => $"environment variable {key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)}");

    private IReadOnlyList<ConfiguredSetting> Settings(IConfigurationRoot root, Func<string, string> origin) =>
        [.. root.GetSection(Section).GetChildren().Select(section => Setting(section, origin(section.Path)))];

    private ConfiguredSetting Setting(IConfigurationSection section, string origin) => options.TryGetValue(section.Key, out Option? option)
        ? new ConfiguredSetting(option, section.Path, origin, Values(section, origin))
        : throw new CliException(ExitCodes.BadCall, $"there is no setting {section.Path} ({origin}); allowed: {string.Join(", ", options.Keys.Order(StringComparer.Ordinal))}");

    private static IReadOnlyList<string> Values(IConfigurationSection section, string origin)
    {
        IConfigurationSection[] items = [.. section.GetChildren()];
        if (items.Length == 0)
            return [Value(section, origin)];
        if (items.FirstOrDefault(item => !int.TryParse(item.Key, out _) || item.GetChildren().Any()) is { } nested)
            throw new CliException(ExitCodes.BadCall, $"there is no setting {nested.Path} ({origin}); allowed for {section.Path}: a value, or a list of values");
        return [.. items.Select(item => Value(item, origin))];
    }

    private static string Value(IConfigurationSection section, string origin) => section.Value is { Length: > 0 } value
        ? value
        : throw new CliException(ExitCodes.BadCall, $"{section.Path} ({origin}) has no value; allowed: a value, or leave it out for the default");
}
