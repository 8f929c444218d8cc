namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>The two kinds of question that the search asks.</summary>
internal enum SearchQuestionKind
{
    /// <summary>Is the decisive error at or before this step?</summary>
    AtOrBefore,

    /// <summary>Is this step the decisive error?</summary>
    IsDecisive,
}
