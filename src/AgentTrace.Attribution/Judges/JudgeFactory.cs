using System.Globalization;
using AgentTrace.Attribution.Judges.Models;
using AgentTrace.Attribution.Judges.Replay;
using AgentTrace.Attribution.Judges.Simulation;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges;

/// <summary>Makes the judge that a text such as <c>openai:gpt-5</c> names.</summary>
public static class JudgeFactory
{
    /// <summary>The forms a judge's name may have.</summary>
    public const string Forms = "openai:MODEL, anthropic:MODEL, replay:DIR or simulated:ACCURACY";

    /// <summary>The environment variable with the key of <c>openai:</c> judges.</summary>
    public const string OpenAIKey = "OPENAI_API_KEY";

    /// <summary>The environment variable with the key of <c>anthropic:</c> judges.</summary>
    public const string AnthropicKey = "ANTHROPIC_API_KEY";

    private const string KeyForLocalServers = "none";

    /// <summary>Creates a judge.</summary>
    /// <param name="name">
    /// <c>openai:MODEL</c> (any OpenAI-compatible server), <c>anthropic:MODEL</c>, <c>replay:DIR</c> (recorded answers) or <c>simulated:ACCURACY</c>
    /// (answers from labels, right with that probability 0..1).
    /// </param>
    /// <param name="settings">Endpoint, keys and labels; null for none.</param>
    /// <exception cref="ArgumentException">The name has another form, or something it needs is missing; the message says what to do.</exception>
    /// <exception cref="FormatException">A recording cannot be read.</exception>
    public static IChatClient Create(string name, JudgeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        settings ??= new JudgeSettings();
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : name[..colon].ToUpperInvariant(), rest = name[(colon + 1)..].Trim();
        return rest.Length == 0 ? throw Unknown(name) : kind switch
        {
            "OPENAI" => new OpenAIJudge(rest, Key(name, OpenAIKey, settings), settings.Endpoint),
            "ANTHROPIC" => new AnthropicJudge(rest, Key(name, AnthropicKey, settings), settings.Endpoint),
            "REPLAY" => new ReplayJudge(rest),
            "SIMULATED" => Simulated(name, rest, settings),
            _ => throw Unknown(name),
        };
    }

    private static ArgumentException Unknown(string name) =>
        new($"'{name}' names no judge: use {Forms}; openai: takes an endpoint for any other OpenAI-compatible server.");

    private static string Key(string name, string variable, JudgeSettings settings)
    {
        if (settings.Secret(variable) is { } key && !string.IsNullOrWhiteSpace(key))
            return key;
        return settings.Endpoint is not null
            ? KeyForLocalServers
            : throw new ArgumentException($"The judge {name} needs a key: set {variable}, or name a local server as its endpoint.");
    }

    private static SimulatedJudge Simulated(string name, string accuracy, JudgeSettings settings)
    {
        if (!double.TryParse(accuracy, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double probability) || probability is not (>= 0 and <= 1))
            throw new ArgumentException($"'{name}' names no simulated judge: its accuracy is a number from 0 to 1, for example simulated:0.8.");
        return settings.LabeledRuns.Any(run => run.Label is not null)
            ? new SimulatedJudge(settings.LabeledRuns, probability, settings.Seed)
            : throw new ArgumentException($"The judge {name} answers from labels, and no run here has one: use it to evaluate methods on labelled runs.");
    }
}
