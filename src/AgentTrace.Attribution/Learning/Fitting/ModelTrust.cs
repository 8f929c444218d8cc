namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>How well a model did on runs left out.</summary>
/// <param name="Surprise">How much the decisive steps surprised it, at the sharpness that fits best.</param>
/// <param name="ChoiceSharpness">That sharpness.</param>
/// <param name="TrustSharpness">The sharpness that fits what it is trusted by.</param>
internal readonly record struct ModelTrust(double Surprise, double ChoiceSharpness, double TrustSharpness)
{
    public static ModelTrust Of(IReadOnlyList<ModelScores> leftOut, IReadOnlyList<int> decisive)
    {
        double sharpness = Sharpness.Best([.. leftOut.Zip(decisive, (run, step) => (run.Choice, step))]);
        return new ModelTrust(
            leftOut.Zip(decisive, (run, step) => ConditionalLogit.Surprise(run.Choice, step, sharpness)).Sum(),
            sharpness,
            Sharpness.Best([.. leftOut.Zip(decisive, (run, step) => (run.Trust, step))]));
    }
}
