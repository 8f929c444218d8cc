using AgentTrace.Analyzers.Rules.Wiring;
using AgentTrace.Analyzers.Tests.Testing;
using AgentTrace.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Wiring;

using Rule = Rule<AppIsNotInstrumentedRule, AddInstrumentationFix>;

public sealed class AppIsNotInstrumentedTests
{
    private const string Agents = """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        """;

    [Fact]
    public Task App_WithoutTracerProvider_IsToldOnceAtTheFirstAgent() => VerifyAsync(Agents + """
        var flights = {|AGT1001:new ChatCompletionAgent { Name = "Flights" }|};
        var hotels = new ChatCompletionAgent { Name = "Hotels" };
        await foreach (var m in flights.InvokeAsync("hi")) { }
        """);

    [Fact]
    public Task App_ThatOnlyCallsAgents_IsTold() => VerifyAsync(Agents + """
        static async Task AskAsync(Agent agent)
        {
            await foreach (var m in agent.{|AGT1001:InvokeAsync|}("hi")) { }
        }

        await AskAsync(null!);
        """);

    [Fact]
    public Task AgentFramework_IsToldToo() => VerifyAsync("""
        using Microsoft.Extensions.AI;
        using Microsoft.Agents.AI;
        static AIAgent Make(IChatClient client) => client.{|AGT1001:AsAIAgent|}(name: "Flights");
        await Make(null!).RunAsync("hi");
        """, references: References.AgentFramework);

    [Theory]
    [InlineData("using var t = Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().Build();")]
    [InlineData("using var t = Sdk.CreateTracerProviderBuilder().AddSource(\"Mine\", \"AgentTrace\").Build();")]
    [InlineData("using var t = Sdk.CreateTracerProviderBuilder().AddSource(\"*\").Build();")]
    [InlineData("using var t = Sdk.CreateTracerProviderBuilder().AddSource(args[0]).Build();")]
    public Task App_WithInstrumentation_IsFine(string wiring) => VerifyAsync(Agents + wiring + """

        var flights = new ChatCompletionAgent { Name = "Flights" };
        """);

    [Fact]
    public Task SourceOfAnotherName_IsNoInstrumentation() => VerifyAsync(Agents + """
        using var t = Sdk.CreateTracerProviderBuilder().AddSource("Mine").Build();
        var flights = {|AGT1001:new ChatCompletionAgent { Name = "Flights" }|};
        """, Agents + """
        using var t = Sdk.CreateTracerProviderBuilder().AddAgentTraceInstrumentation().AddSource("Mine").Build();
        var flights = new ChatCompletionAgent { Name = "Flights" };
        """);

    [Fact]
    public Task Fix_AddsToTheOneProviderOnALineOfItsOwn_AndItsNamespace() => VerifyAsync("""
        using Microsoft.SemanticKernel.Agents;
        using OpenTelemetry;

        var tracing = Sdk.CreateTracerProviderBuilder()
            .AddSource("Mine");
        var flights = {|AGT1001:new ChatCompletionAgent { Name = "Flights" }|};
        """, """
        using Microsoft.SemanticKernel.Agents;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        var tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentTraceInstrumentation()
            .AddSource("Mine");
        var flights = new ChatCompletionAgent { Name = "Flights" };
        """);

    [Theory]
    [InlineData("b.WithTracing(t => t.AddSource(\"Mine\"));", "b.WithTracing(t => t.AddAgentTraceInstrumentation().AddSource(\"Mine\"));")]
    [InlineData("b.WithTracing(t => { t.AddSource(\"Mine\"); });", "b.WithTracing(t => { t.AddAgentTraceInstrumentation(); t.AddSource(\"Mine\"); });")]
    [InlineData("b.WithTracing();", "b.WithTracing(tracing => tracing.AddAgentTraceInstrumentation());")]
    public Task Fix_GoesIntoWithTracing(string wiring, string withAgentTrace)
    {
        const string Builder = """

            namespace OpenTelemetry
            {
                public sealed class HostBuilder { }
                public static class HostBuilderExtensions
                {
                    public static HostBuilder WithTracing(this HostBuilder builder) => builder;
                    public static HostBuilder WithTracing(this HostBuilder builder, Action<TracerProviderBuilder> configure) => builder;
                }
            }
            """;
        return VerifyAsync(
            Agents + "var b = new HostBuilder();\n" + wiring + "\nvar flights = {|AGT1001:new ChatCompletionAgent { Name = \"Flights\" }|};" + Builder,
            Agents + "var b = new HostBuilder();\n" + withAgentTrace + "\nvar flights = new ChatCompletionAgent { Name = \"Flights\" };" + Builder);
    }

    [Fact]
    public Task TwoProviders_AreNotGuessedBetween() => VerifyAsync(Agents + """
        using var one = Sdk.CreateTracerProviderBuilder().Build();
        using var two = Sdk.CreateTracerProviderBuilder().Build();
        var flights = {|AGT1001:new ChatCompletionAgent { Name = "Flights" }|};
        """);

    [Fact]
    public Task Library_KnowsNothingOfItsHost() => Rule.VerifyAsync(Agents + """
        class Desk { ChatCompletionAgent Make() => new() { Name = "Flights" }; }
        """);

    [Fact]
    public Task AppWithoutAgents_IsFine() => VerifyAsync("""
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        using var tracing = Sdk.CreateTracerProviderBuilder().Build();
        """);

    [Fact]
    public Task WiredElsewhere_IsBelieved()
    {
        var test = Test(Agents + """
            var flights = new ChatCompletionAgent { Name = "Flights" };
            """, null, References.SemanticKernel);
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.AgentTraceWiredElsewhere = true\n"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task ProjectThatIsReferencedAndUsesTheSdk_MayDoTheWiring()
    {
        var test = Test(Agents + """
            var flights = new ChatCompletionAgent { Name = "Flights" };
            """, null, References.SemanticKernel);
        var defaults = new ProjectState("ServiceDefaults", LanguageNames.CSharp, "/ServiceDefaults/", "cs");
        defaults.Sources.Add("""
            using OpenTelemetry.Trace;
            public static class Defaults { public static void Add(TracerProviderBuilder builder) => builder.AddAgentTraceInstrumentation(); }
            """);
        defaults.AdditionalReferences.AddRange(References.SemanticKernel);
        test.TestState.AdditionalProjects.Add("ServiceDefaults", defaults);
        test.TestState.AdditionalProjectReferences.Add("ServiceDefaults");
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync(string source, string? fixedSource = null, IReadOnlyList<MetadataReference>? references = null) =>
        Test(source, fixedSource, references).RunAsync(TestContext.Current.CancellationToken);

    // Told at the end of the compilation, the fix is for `dotnet format`: an editor offers none for such findings.
    private static Microsoft.CodeAnalysis.CSharp.Testing.CSharpCodeFixTest<AppIsNotInstrumentedRule, AddInstrumentationFix, DefaultVerifier> Test(
        string source, string? fixedSource, IReadOnlyList<MetadataReference>? references)
    {
        var test = Rule.Test(source, fixedSource, references, OutputKind.ConsoleApplication);
        test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipLocalDiagnosticCheck;
        return test;
    }
}
