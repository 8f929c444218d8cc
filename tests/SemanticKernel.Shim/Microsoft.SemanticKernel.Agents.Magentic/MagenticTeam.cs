using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>The members by name: actor type and description.</summary>
[Experimental("SKEXP0110")]
public class MagenticTeam : Dictionary<string, (string Type, string Description)>;
