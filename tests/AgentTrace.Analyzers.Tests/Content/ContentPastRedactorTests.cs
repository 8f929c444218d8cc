using AgentTrace.Analyzers.Rules.Content;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

namespace AgentTrace.Analyzers.Tests.Content;

using Rule = Rule<ContentPastRedactorRule, LeaveContentToTheRedactorFix>;

public sealed class ContentPastRedactorTests
{
    [Fact]
    public Task EnableSensitiveData_OnASourceOfItsOwn_IsReportedAndSwitchedOff() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            const string Source = "TravelDesk";
            IChatClient Chats(IChatClient model) => model.AsBuilder().UseOpenTelemetry(null, Source, c => [|c.EnableSensitiveData = true|]).Build();
            AIAgent Agents(AIAgent agent) => agent.AsBuilder().UseOpenTelemetry(sourceName: "TravelDesk", configure: c => { [|c.EnableSensitiveData = true|]; }).Build();
            IChatClient Made(IChatClient model) => new OpenTelemetryChatClient(model, null, Source) { [|EnableSensitiveData = true|] };
        }
        """,
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            const string Source = "TravelDesk";
            IChatClient Chats(IChatClient model) => model.AsBuilder().UseOpenTelemetry(null, Source, c => c.EnableSensitiveData = false).Build();
            AIAgent Agents(AIAgent agent) => agent.AsBuilder().UseOpenTelemetry(sourceName: "TravelDesk", configure: c => { c.EnableSensitiveData = false; }).Build();
            IChatClient Made(IChatClient model) => new OpenTelemetryChatClient(model, null, Source) { EnableSensitiveData = false };
        }
        """,
        References.AgentFramework);

    [Fact]
    public Task EnableSensitiveData_OnADefaultSource_IsHeldToOurRedactor() => Rule.VerifyAsync(
        """
        using Microsoft.Agents.AI;
        using Microsoft.Extensions.AI;
        class Desk
        {
            IChatClient Default(IChatClient model) => model.AsBuilder().UseOpenTelemetry(configure: c => c.EnableSensitiveData = true).Build();
            IChatClient Named(IChatClient model) => model.AsBuilder().UseOpenTelemetry(null, "Experimental.Microsoft.Extensions.AI", c => c.EnableSensitiveData = true).Build();
            AIAgent Agent(AIAgent agent) => agent.AsBuilder().UseOpenTelemetry("", c => c.EnableSensitiveData = true).Build();
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task EnableSensitiveData_WhereSomethingElseDecides_IsFine() => Rule.VerifyAsync(
        """
        using Microsoft.Extensions.AI;
        class Desk(bool isDevelopment)
        {
            IChatClient Off(IChatClient model) => model.AsBuilder().UseOpenTelemetry(null, "Desk", c => c.EnableSensitiveData = false).Build();
            IChatClient Asked(IChatClient model) => model.AsBuilder().UseOpenTelemetry(null, "Desk", c => c.EnableSensitiveData = isDevelopment).Build();
            IChatClient Unknown(IChatClient model, string source) => model.AsBuilder().UseOpenTelemetry(null, source, c => c.EnableSensitiveData = true).Build();
            void Guarded(ChatClientBuilder builder)
            {
                if (isDevelopment)
                    builder.UseOpenTelemetry(null, "Desk", c => c.EnableSensitiveData = true);
            }
        }
        """,
        references: References.AgentFramework);

    [Fact]
    public Task Redactor_ThatGivesTextsBack_IsReportedAndReplacedByTheDefault() => Rule.VerifyAsync(
        """
        using AgentTrace;
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class KeepAll : IContentRedactor { public string Redact(string text) => text; }
        class KeepAllToo : IContentRedactor { string IContentRedactor.Redact(string text) { return text; } }
        class Wiring
        {
            static readonly KeepAll s_all = new();
            void Add(TracerProviderBuilder builder)
            {
                builder.AddAgentTraceInstrumentation(o => [|o.Redactor = new KeepAll()|]);
                builder.AddAgentTraceInstrumentation(o => { o.CaptureContent = true; [|o.Redactor = s_all|]; });
                _ = new AgentTraceOptions { [|Redactor = new KeepAllToo()|] };
            }
        }
        """,
        """
        using AgentTrace;
        using OpenTelemetry;
        using OpenTelemetry.Trace;
        class KeepAll : IContentRedactor { public string Redact(string text) => text; }
        class KeepAllToo : IContentRedactor { string IContentRedactor.Redact(string text) { return text; } }
        class Wiring
        {
            static readonly KeepAll s_all = new();
            void Add(TracerProviderBuilder builder)
            {
                builder.AddAgentTraceInstrumentation(o => o.Redactor = SecretRedactor.Default);
                builder.AddAgentTraceInstrumentation(o => { o.CaptureContent = true; o.Redactor = SecretRedactor.Default; });
                _ = new AgentTraceOptions { Redactor = SecretRedactor.Default };
            }
        }
        """);

    [Fact]
    public Task Redactor_Null_IsReported() => Rule.VerifyAsync(
        """
        using OpenTelemetry.Trace;
        class Wiring
        {
            void Add(TracerProviderBuilder builder) => builder.AddAgentTraceInstrumentation(o => [|o.Redactor = null!|]);
        }
        """,
        """
        using OpenTelemetry.Trace;
        class Wiring
        {
            void Add(TracerProviderBuilder builder) => builder.AddAgentTraceInstrumentation(o => o.Redactor = AgentTrace.SecretRedactor.Default);
        }
        """);

    [Fact]
    public Task Redactor_ThatWorks_IsFine() => Rule.VerifyAsync(
        """
        using AgentTrace;
        using OpenTelemetry.Trace;
        class Hide : IContentRedactor { public string Redact(string text) => text.Replace("4711", "***"); }
        class Inner(IContentRedactor inner) : IContentRedactor { public string Redact(string text) { text = inner.Redact(text); return text; } }
        class Other { public Hide? Redactor { get; set; } }
        class Wiring
        {
            void Add(TracerProviderBuilder builder, IContentRedactor given)
            {
                builder.AddAgentTraceInstrumentation(o => { o.CaptureContent = true; o.Redactor = new Hide(); });
                builder.AddAgentTraceInstrumentation(o => o.Redactor = new Inner(SecretRedactor.Default));
                builder.AddAgentTraceInstrumentation(o => o.Redactor = given);
                builder.AddAgentTraceInstrumentation(o => o.Redactor = new SecretRedactor { RedactEmailAddresses = true });
                _ = new Other { Redactor = null };
            }
        }
        """);
}
