using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Evaluation.Methods;
using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Input;

/// <summary>Structural or learned, with a trace model trained on the training runs of each fold. Their labels are not looked at for that.</summary>
/// <param name="ranked">Whether it is the method learned.</param>
/// <param name="weight">What a wholly unexpected step is worth, in log-odds.</param>
internal sealed class TraceModelMethod(bool ranked, double weight) : IEvaluatedMethod
{
    public string Name => $"{(ranked ? LearnedAttributor.MethodName : StructuralAttributor.MethodName)}+traces";

    public bool Learns => true;

    public ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>[] runs = [.. training.Select(run => EventWords.Of(run.Run))];
        ITraceModel model = new LoadedTraceModel(TraceModelTrainer.Train(runs, new TraceModelOptions { Seed = seed }, cancellationToken: cancellationToken).Model);
        return ValueTask.FromResult<IFailureAttributor>(
            ranked ? new LearnedAttributor(RankerTrainer.Train(training, cancellationToken), model, weight) : new StructuralAttributor(model, weight));
    }
}
