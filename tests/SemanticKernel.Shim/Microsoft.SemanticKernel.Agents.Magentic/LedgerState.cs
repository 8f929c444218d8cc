using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>One answer of the ledger.</summary>
[Experimental("SKEXP0110")]
public sealed record LedgerState(bool Result, string Reason)
{
    public static implicit operator bool(LedgerState state) => state.Result;
}
