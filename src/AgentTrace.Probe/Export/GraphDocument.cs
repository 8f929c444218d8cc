using System.Text.Json.Serialization;

namespace AgentTrace.Probe.Export;

/// <summary>An attribution graph as circuit viewers such as Neuronpedia's and circuit-tracer's read it.</summary>
internal sealed record GraphDocument(
    [property: JsonPropertyName("metadata")] GraphDocument.About Metadata,
    [property: JsonPropertyName("qParams")] GraphDocument.View QParams,
    [property: JsonPropertyName("nodes")] IReadOnlyList<GraphDocument.Node> Nodes,
    [property: JsonPropertyName("links")] IReadOnlyList<GraphDocument.Link> Links)
{
    internal sealed record About(
        [property: JsonPropertyName("slug")] string Slug,
        [property: JsonPropertyName("scan")] string Scan,
        [property: JsonPropertyName("prompt")] string Prompt,
        [property: JsonPropertyName("prompt_tokens")] IReadOnlyList<string> PromptTokens,
        [property: JsonPropertyName("node_threshold")] double NodeThreshold,
        [property: JsonPropertyName("schema_version")] int SchemaVersion);

    internal sealed record View(
        [property: JsonPropertyName("linkType")] string LinkType,
        [property: JsonPropertyName("pinnedIds")] IReadOnlyList<string> PinnedIds,
        [property: JsonPropertyName("clickedId")] string ClickedId,
        [property: JsonPropertyName("supernodes")] IReadOnlyList<IReadOnlyList<string>> Supernodes,
        [property: JsonPropertyName("sg_pos")] string Positions);

    internal sealed record Node(
        [property: JsonPropertyName("node_id")] string Id,
        [property: JsonPropertyName("jsNodeId")] string ViewerId,
        [property: JsonPropertyName("feature")] int Feature,
        [property: JsonPropertyName("layer")] string Layer,
        [property: JsonPropertyName("ctx_idx")] int Token,
        [property: JsonPropertyName("feature_type")] string Kind,
        [property: JsonPropertyName("activation")] double? Activation,
        [property: JsonPropertyName("influence")] double? Influence,
        [property: JsonPropertyName("clerp")] string Label,
        [property: JsonPropertyName("token_prob")] double TokenProbability,
        [property: JsonPropertyName("is_target_logit")] bool IsTargetLogit);

    internal sealed record Link(
        [property: JsonPropertyName("source")] string Source,
        [property: JsonPropertyName("target")] string Target,
        [property: JsonPropertyName("weight")] double Weight);
}
