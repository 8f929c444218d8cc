using System.CommandLine;
using System.Text;

namespace AgentTrace.Cli.Commands.Configuration;

/// <summary>
/// What a file and the environment say about <c>collect</c>. Each setting is an option of the command line by another way and becomes one, so that both know
/// the same names, defaults and limits. The command line comes first, then the environment, then the file; of a list one source gives all.
/// </summary>
internal sealed class CollectConfiguration
{
    private readonly ConfiguredSetting[] _settings;

    private CollectConfiguration(ConfiguredSetting[] settings) => _settings = settings;

    /// <summary>The tokens that stand in the file or the environment themselves, by the source that the joined command line names.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads both sources.</summary>
    /// <param name="command">The command with all of its options.</param>
    /// <param name="words">What was said on the command line.</param>
    /// <param name="file">The option that names the file.</param>
    /// <exception cref="CliException">A key is unknown or a value cannot be read; the message names the key, its source, the value and what is allowed.</exception>
    public static CollectConfiguration Read(Command command, ParseResult words, Option<string?> file)
    {
        Dictionary<string, Option> options = command.Options.ToDictionary(option => Key(option.Name), StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<ConfiguredSetting> environment = new SettingsReader(options).Environment();
        string? path = words.GetValue(file) ?? environment.FirstOrDefault(setting => setting.Option == file)?.Values[0];
        options.Remove(Key(file.Name));
        ConfiguredSetting[] all = [.. environment.Where(setting => setting.Option != file), .. path is null ? [] : new SettingsReader(options).File(path)];
        foreach (ConfiguredSetting setting in all)
            Check(command, setting);
        return new CollectConfiguration([.. all.DistinctBy(setting => setting.Option).Where(setting => words.GetResult(setting.Option) is null or { Implicit: true })]);
    }

    /// <summary>The command line with the settings behind it.</summary>
    /// <exception cref="CliException">Together they make no sense.</exception>
    public ParseResult Join(Command root, IReadOnlyList<string> words)
    {
        ParseResult joined = root.Parse([.. words, .. _settings.SelectMany(setting => setting.Values.Select((value, i) => $"{setting.Option.Name}={Word(setting, value, i)}"))]);
        return joined.Errors.Count == 0 ? joined : throw Located(string.Join(" ", joined.Errors.Select(error => error.Message)), null);
    }

    /// <summary>Runs the command; what is found wrong only then is said together with where it was set.</summary>
    /// <exception cref="CliException">As the command throws it.</exception>
    public async Task<int> ExplainAsync(Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (CliException e) when (e.ExitCode == ExitCodes.BadCall && _settings.Length > 0)
        {
            throw Located(e.Message, e);
        }
    }

    private CliException Located(string message, CliException? cause)
    {
        ConfiguredSetting[] named = [.. _settings.Where(setting => message.Contains(setting.Option.Name, StringComparison.Ordinal) || message.Contains(Key(setting.Option.Name), StringComparison.Ordinal))];
        string where = string.Join(", ", (named.Length > 0 ? named : _settings).Select(setting => $"{setting.Key} of {setting.Origin}"));
        return new CliException(ExitCodes.BadCall, $"{message} (set by {where})", cause);
    }

    private static void Check(Command command, ConfiguredSetting setting)
    {
        ParseResult parsed = command.Parse([.. setting.Values.Select(value => $"{setting.Option.Name}={(IsToken(setting.Option) ? "env:TOKEN" : value)}")]);
        if (parsed.Errors.Count > 0)
            throw new CliException(ExitCodes.BadCall, $"{setting.Key} ({setting.Origin}) is {Shown(setting)}; allowed: {Allowed(setting.Option, parsed.Errors[0].Message)}");
    }

    private string Word(ConfiguredSetting setting, string value, int index)
    {
        if (!IsToken(setting.Option) || value.StartsWith("env:", StringComparison.Ordinal) || value.StartsWith("file:", StringComparison.Ordinal))
            return value;
        string source = $"setting:{setting.Key}:{index}";
        Secrets[source] = value;
        return source;
    }

    private static bool IsToken(Option option) => option.Name.EndsWith("-token", StringComparison.Ordinal);

    /// <summary>Without what may be secret: tokens, the store's password, an endpoint's headers.</summary>
    private static string Shown(ConfiguredSetting setting) => IsToken(setting.Option) || setting.Option.Name == "--store"
        ? "not shown here"
        : string.Join(", ", setting.Values.Select(value => $"'{value.Split('#')[0]}'"));

    private static string Allowed(Option option, string error)
    {
        Type type = option.ValueType.IsArray ? option.ValueType : Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type switch
        {
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "one whole number",
            _ when type == typeof(double) || type == typeof(decimal) => "one number",
            { IsArray: true } => $"values as {option.Name} takes them ({error})",
            _ => $"one value as {option.Name} takes it ({error})",
        };
    }

    /// <summary><c>--http-port</c> is <c>HttpPort</c> in a file.</summary>
    private static string Key(string option)
    {
        var key = new StringBuilder();
        foreach (string word in option.Split('-', StringSplitOptions.RemoveEmptyEntries))
            key.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        return key.ToString();
    }
}
