using AgentTrace.Analyzers.Rules.Content;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Content;

using Rule = Rule<SensitiveSwitchOnRule, RemoveSwitchFix>;

public sealed class SensitiveSwitchOnTests
{
    [Fact]
    public Task Switches_OnForEveryone_AreReportedAndRemoved() => Rule.VerifyAsync(
        """
        class Telemetry
        {
            static void Start(bool verbose)
            {
                const string content = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
                Console.WriteLine("starting");
                [|AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", true)|];
                [|Environment.SetEnvironmentVariable("SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE", "true")|];
                if (verbose)
                    Console.WriteLine("verbose");
                [|Environment.SetEnvironmentVariable(content, "True", EnvironmentVariableTarget.Process)|];
            }
        }
        """,
        """
        class Telemetry
        {
            static void Start(bool verbose)
            {
                const string content = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
                Console.WriteLine("starting");
                if (verbose)
                    Console.WriteLine("verbose");
            }
        }
        """);

    [Fact]
    public Task Switch_InTopLevelCode_IsReportedAndRemoved() => Rule.VerifyAsync(
        """
        Console.WriteLine("starting");
        [|AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", true)|];
        Console.WriteLine("started");
        """,
        """
        Console.WriteLine("starting");
        Console.WriteLine("started");
        """,
        output: OutputKind.ConsoleApplication);

    [Fact]
    public Task Switch_ThatSomethingDecides_IsFine() => Rule.VerifyAsync(
        """
        class Telemetry
        {
            const string Sensitive = "Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive";
            static bool IsDevelopment() => false;
            static void If()
            {
                if (IsDevelopment())
                    AppContext.SetSwitch(Sensitive, true);
            }
            static void Early()
            {
                if (!IsDevelopment())
                    return;
                AppContext.SetSwitch(Sensitive, true);
            }
            static void Asked(bool wanted) => AppContext.SetSwitch(Sensitive, wanted);
            static void Build()
            {
        #if !RELEASE
                AppContext.SetSwitch(Sensitive, true);
        #endif
            }
            [System.Diagnostics.Conditional("DEBUG")]
            static void Debug() => AppContext.SetSwitch(Sensitive, true);
            static void Cases(string environment)
            {
                switch (environment)
                {
                    case "Development":
                        AppContext.SetSwitch(Sensitive, true);
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task OtherSwitches_AndOff_AreFine() => Rule.VerifyAsync(
        """
        class Telemetry
        {
            static void Start()
            {
                AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", true);
                AppContext.SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", false);
                Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false");
                Environment.SetEnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", null);
                Environment.SetEnvironmentVariable("OTEL_SERVICE_NAME", "true");
        #if NET
        #endif
                new Own().SetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive", true);
            }
            class Own { public void SetSwitch(string name, bool on) { } }
        }
        """);
}
