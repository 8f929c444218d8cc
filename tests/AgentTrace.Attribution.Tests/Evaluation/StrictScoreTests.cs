using AgentTrace.Attribution.Evaluation;

namespace AgentTrace.Attribution.Tests.Evaluation;

public sealed class StrictScoreTests
{
    [Theory]
    [InlineData("WebSurfer", "Websurfer", true)]
    [InlineData("Lead (-> Web)", "lead", true)]
    [InlineData("Lead2", "Lead", false)]
    [InlineData(null, "Lead", false)]
    public void SameAgent_Names_ComparesBaseNamesWhateverTheirCase(string? predicted, string gold, bool same) =>
        Assert.Equal(same, StrictScore.SameAgent(predicted, gold));

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(12, 1, false)]
    [InlineData(null, 0, false)]
    public void SameStep_Numbers_AreEqualOrNot(int? predicted, int gold, bool same) => Assert.Equal(same, StrictScore.SameStep(predicted, gold));
}
