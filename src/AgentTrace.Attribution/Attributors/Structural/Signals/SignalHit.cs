namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A signal fired.</summary>
/// <param name="Step">0-based index of the step that is blamed.</param>
/// <param name="Strength">How clearly, 0..1.</param>
/// <param name="Other">0-based index of the other step the signal rests on; -1 where there is none.</param>
/// <param name="Detail">Which of several things at that step, as the signal counts them.</param>
internal readonly record struct SignalHit(int Step, double Strength, int Other = -1, int Detail = 0);
