using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Where the work stands and who is next.</summary>
[Experimental("SKEXP0110")]
public sealed record MagenticProgressLedger(
    string Name, string Instruction, string Reason, LedgerState IsTaskComplete, LedgerState IsTaskProgressing, LedgerState IsTaskInLoop)
{
    public string ToJson() => JsonSerializer.Serialize(this);
}
