namespace AgentTrace.Probe.Circuits;

/// <summary>How well something does a task.</summary>
/// <param name="Loss">Mean binary cross-entropy after calibration, nats; ln 2 is chance.</param>
/// <param name="Accuracy">Share of prompts whose calibrated answer is right, 0..1.</param>
/// <param name="RawAccuracy">Share of prompts whose right candidate has the higher logit, without calibration, 0..1.</param>
public readonly record struct CircuitScore(double Loss, double Accuracy, double RawAccuracy);
