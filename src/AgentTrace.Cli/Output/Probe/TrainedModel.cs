using AgentTrace.Probe.Model;
using AgentTrace.Probe.Training;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>What a training made: the model, its loss in nats per token on unseen documents, and the time it took.</summary>
internal sealed record TrainedModel(Transformer Model, TrainingOptions Options, double Loss, TimeSpan Time, TimeSpan Processor);
