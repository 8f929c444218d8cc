namespace AgentTrace.Store.Retaining;

/// <summary>How much a store keeps. Labelled runs are kept whatever their age.</summary>
/// <param name="MaxAge">How long after they came; null for ever.</param>
/// <param name="MaxBytes">How many bytes the store may take; null for any number.</param>
public sealed record Retention(TimeSpan? MaxAge, long? MaxBytes);
