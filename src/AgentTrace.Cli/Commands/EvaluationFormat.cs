namespace AgentTrace.Cli.Commands;

/// <summary>How an evaluation is written.</summary>
internal enum EvaluationFormat
{
    Table,
    Json,
    Markdown,
}
