using System.CommandLine;

namespace AgentTrace.Cli.Commands.Configuration;

/// <summary>A setting of <c>collect</c> that came from a file or the environment.</summary>
/// <param name="Option">The option of the command line that it stands for.</param>
/// <param name="Key">As it is written in a file, for example <c>AgentTrace:HttpPort</c>.</param>
/// <param name="Origin">Where it was found, as a person would say it.</param>
/// <param name="Values">What was given: one value, or each of a list.</param>
internal sealed record ConfiguredSetting(Option Option, string Key, string Origin, IReadOnlyList<string> Values);
