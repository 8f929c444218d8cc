namespace Microsoft.Agents.AI.Workflows;

/// <summary>Tells a workflow of agents that its input is complete.</summary>
public class TurnToken(bool? emitEvents = null)
{
    public bool? EmitEvents => emitEvents;
}
