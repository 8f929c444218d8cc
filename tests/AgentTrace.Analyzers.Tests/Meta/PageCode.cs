using System.Collections.Immutable;
using AgentTrace.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentTrace.Analyzers.Tests.Meta;

/// <summary>The code of a rule's page as the program of a small app, which has what the pages take as given.</summary>
internal static class PageCode
{
    private const string Given = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using AgentTrace;
        global using Microsoft.Agents.AI;
        global using Microsoft.Extensions.AI;
        global using Microsoft.SemanticKernel;
        global using Microsoft.SemanticKernel.Agents;
        global using OpenTelemetry;
        global using OpenTelemetry.Trace;
        global using static Given;

        static class Given
        {
            public static Kernel kernel = null!;
            public static IChatClient client = null!;
            public static ChatCompletionAgent agent = null!;
        }
        """;

    /// <summary>The C# under the page's heading <paramref name="section"/>.</summary>
    public static string Of(string id, string section)
    {
        string page = File.ReadAllText(Catalog.PageFile(id));
        string after = page[(page.IndexOf($"**{section}**", StringComparison.Ordinal) + 1)..];
        string code = after[(after.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length)..];
        return code[..code.IndexOf("\n```", StringComparison.Ordinal)];
    }

    /// <summary>What the compiler and every rule say to it.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string program, string path = "/app/Program.cs")
    {
        CSharpCompilation app = CSharpCompilation.Create(
            "App",
            [Parse(Given, "/app/Given.cs"), Parse(program, path)],
            References.SemanticKernel,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. (await app.WithAnalyzers([.. Catalog.Rules]).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Id.StartsWith("AGT", StringComparison.Ordinal) || diagnostic.Id == "AD0001")];
    }

    private static SyntaxTree Parse(string code, string path) =>
        CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest), path, cancellationToken: TestContext.Current.CancellationToken);
}
