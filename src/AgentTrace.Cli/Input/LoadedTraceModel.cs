using AgentTrace.Attribution.Events;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Input;

/// <summary>A trace model as attribution asks it.</summary>
internal sealed class LoadedTraceModel(TraceModel model) : ITraceModel
{
    public string Id => model.Id;

    public IReadOnlyList<EventSurprise> Read(IReadOnlyList<string> words) =>
        [.. model.Read(words).Select(surprise => new EventSurprise(surprise.Nats, RunCorpus.Words.Words[surprise.Expected], surprise.Probability))];
}
