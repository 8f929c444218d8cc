using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Tests;

public sealed class CachingTests
{
    [Fact]
    public void UnrelatedEdit_RegeneratesNothing()
    {
        CSharpCompilation app = GeneratedApp.Source(CustomAgent.App("await foreach (var m in agent.InvokeAsync(\"hi\")) { }"));
        GeneratorDriver driver = GeneratedApp.Build(app).Driver;
        SyntaxTree unrelated = CSharpSyntaxTree.ParseText(
            SourceText.From("internal sealed class Unrelated { private int _x; }", System.Text.Encoding.UTF8), (CSharpParseOptions)app.SyntaxTrees[0].Options, "/app/Unrelated.cs", cancellationToken: TestContext.Current.CancellationToken);

        GeneratorRunResult result = driver.RunGenerators(app.AddSyntaxTrees(unrelated), TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.All(result.TrackedSteps[InstrumentationGenerator.CallsStep].SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.All(result.TrackedSteps[InstrumentationGenerator.FactsStep].SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Unchanged, output.Reason));
        Assert.All(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void EditOfTheCall_IsSeen()
    {
        CSharpCompilation app = GeneratedApp.Source(CustomAgent.App("await foreach (var m in agent.InvokeAsync(\"hi\")) { }"));
        GeneratorDriver driver = GeneratedApp.Build(app).Driver;
        CSharpCompilation edited = GeneratedApp.Source(CustomAgent.App("await foreach (var m in agent.InvokeAsync()) { }"));

        GeneratorRunResult result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Contains(result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs), output => output.Reason == IncrementalStepRunReason.Modified);
    }
}
