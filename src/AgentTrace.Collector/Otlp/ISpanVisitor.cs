namespace AgentTrace.Collector.Otlp;

/// <summary>Sees each span of a request once.</summary>
internal interface ISpanVisitor
{
    void Visit(scoped in SpanHeader span);
}
