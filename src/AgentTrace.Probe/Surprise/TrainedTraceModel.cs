namespace AgentTrace.Probe.Surprise;

/// <summary>What a training brought.</summary>
/// <param name="Model">The model, trained on all runs.</param>
/// <param name="Runs">How many there were.</param>
/// <param name="Steps">Steps of training: of 50, 100, 200 and so on those that were best for the runs left out.</param>
/// <param name="LeftOutLoss">Nats per event of the runs left out, after that many steps on the others.</param>
public sealed record TrainedTraceModel(TraceModel Model, int Runs, int Steps, double LeftOutLoss);
