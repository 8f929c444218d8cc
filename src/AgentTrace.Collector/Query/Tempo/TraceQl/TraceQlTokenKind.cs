namespace AgentTrace.Collector.Query.Tempo.TraceQl;

/// <summary>What a token of TraceQL is.</summary>
internal enum TraceQlTokenKind
{
    /// <summary>The end of the query.</summary>
    End,

    /// <summary>A name, a number, a duration or a key word: what stands between signs.</summary>
    Word,

    /// <summary>A text in quotes, without them.</summary>
    Text,

    /// <summary>A brace, a parenthesis or an operator.</summary>
    Sign,
}
