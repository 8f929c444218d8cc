using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>How one run is to be done.</summary>
public class AgentRunOptions
{
    public AgentRunOptions()
    {
    }

    protected AgentRunOptions(AgentRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AllowBackgroundResponses = options.AllowBackgroundResponses;
        AdditionalProperties = options.AdditionalProperties?.Clone();
        ResponseFormat = options.ResponseFormat;
    }

    public bool? AllowBackgroundResponses { get; set; }

    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    public ChatResponseFormat? ResponseFormat { get; set; }

    public virtual AgentRunOptions Clone() => new(this);
}
