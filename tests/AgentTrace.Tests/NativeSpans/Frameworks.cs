using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.NativeSpans;

/// <summary>Writes spans as the frameworks do: same sources, same names, same attributes, at the same moments.</summary>
internal static class Frameworks
{
    private const string MessagesOfSemanticKernel = """[{"role":"assistant","name":"Writer","content":"my password: hunter2","tool_calls":[]}]""";

    public static ActivitySource SemanticKernel { get; } = new(ActivitySources.SemanticKernel);

    public static ActivitySource SemanticKernelDiagnostics { get; } = new(ActivitySources.SemanticKernelDiagnostics);

    public static ActivitySource AgentFramework { get; } = new(ActivitySources.AgentFramework);

    public static ActivitySource Workflows { get; } = new(ActivitySources.AgentFrameworkWorkflows);

    public static ActivitySource ExtensionsAI { get; } = new(ActivitySources.ExtensionsAI);

    /// <summary>Semantic Kernel's agent: attributes at creation, streamed output on it whatever the switches say.</summary>
    public static void KernelAgent(string name, Action? inside = null, bool streamed = false)
    {
        using Activity? span = SemanticKernelDiagnostics.StartActivity($"invoke_agent {name}", ActivityKind.Internal, default(ActivityContext),
        [
            new(GenAiAttributes.OperationName, "invoke_agent"), new(GenAiAttributes.AgentId, "sk-1"), new(GenAiAttributes.AgentName, name),
        ]);
        span?.SetTag(GenAiAttributes.AgentDescription, "writes");
        span?.SetTag("gen_ai.tool.definitions", """[{"type":"function","name":"search"}]""");
        inside?.Invoke();
        if (streamed)
            span?.SetTag(GenAiAttributes.OutputMessages, MessagesOfSemanticKernel);
    }

    /// <summary>Semantic Kernel's chat: the old provider attribute, a text where an array belongs.</summary>
    public static void KernelChat(string model = "gpt-5", Exception? fails = null, Action? inside = null)
    {
        using Activity? span = SemanticKernelDiagnostics.StartActivity($"chat {model}", ActivityKind.Client, default(ActivityContext),
        [
            new(GenAiAttributes.OperationName, "chat"), new(GenAiAttributes.LegacySystem, "google"), new(GenAiAttributes.RequestModel, model),
        ]);
        inside?.Invoke();
        if (fails is not null)
        {
            Fail(span, fails);
            return;
        }

        span?.SetTag(GenAiAttributes.UsageInputTokens, 11).SetTag(GenAiAttributes.UsageOutputTokens, 3);
        span?.SetTag("gen_ai.response.finish_reason", """["Stop","N/A"]""");
    }

    /// <summary>Semantic Kernel's function call.</summary>
    public static void KernelFunction(string name, Exception? fails = null, Action? inside = null)
    {
        using Activity? span = SemanticKernel.StartActivity($"execute_tool {name}", ActivityKind.Internal, default(ActivityContext),
        [
            new(GenAiAttributes.OperationName, "execute_tool"), new(GenAiAttributes.ToolName, name), new(GenAiAttributes.ToolDescription, "finds"),
        ]);
        inside?.Invoke();
        if (fails is not null)
            Fail(span, fails);
    }

    /// <summary>Agent Framework's agent: a chat as it starts, renamed just before the agent runs, if it still is the current activity.</summary>
    public static void FrameworkAgent(string name, string id, Action? inside = null, Exception? fails = null)
    {
        Activity? before = Activity.Current;
        using Activity? span = StartChat(AgentFramework, null);
        BecomeAgent(before, name, id);
        inside?.Invoke();
        EndChat(span, fails, inputTokens: 70, outputTokens: 9);
    }

    /// <summary>The same, streamed: the span is made current again after each item.</summary>
    public static async IAsyncEnumerable<int> FrameworkAgentStream(
        string name,
        string id,
        int items,
        Action<int> produce,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Activity? before = Activity.Current;
        using Activity? span = StartChat(AgentFramework, null);
        BecomeAgent(before, name, id);
        for (int i = 0; i < items; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            produce(i);
            yield return i;
            if (span is not null)
                Activity.Current = span;
        }

        EndChat(span, null, inputTokens: 70, outputTokens: 9);
    }

    /// <summary>A chat of Microsoft.Extensions.AI: attributes come after the start.</summary>
    public static void Chat(string model, ActivitySource? source = null, Exception? fails = null, Action? inside = null)
    {
        using Activity? span = StartChat(source ?? ExtensionsAI, model);
        inside?.Invoke();
        EndChat(span, fails, inputTokens: 20, outputTokens: 4);
    }

    /// <summary>A tool call of Microsoft.Extensions.AI's function-invoking client.</summary>
    public static void Tool(string name, ActivitySource? source = null, Action<Activity?>? inside = null)
    {
        using Activity? span = (source ?? ExtensionsAI).StartActivity($"execute_tool {name}", ActivityKind.Internal, default(ActivityContext),
        [
            new(GenAiAttributes.OperationName, "execute_tool"), new(GenAiAttributes.ToolType, "function"), new(GenAiAttributes.ToolCallId, "call-1"),
            new(GenAiAttributes.ToolName, name),
        ]);
        inside?.Invoke(span);
    }

    /// <summary>Both orders in which an exporter and AgentTrace can be added.</summary>
    public static Recorder Record(bool exporterFirst, out CollectingExporter exporter, Action<AgentTraceOptions>? configure = null)
    {
        CollectingExporter collecting = exporter = new CollectingExporter();
        return Recorder.Wired(builder =>
        {
            if (exporterFirst)
                builder.AddProcessor(new SimpleActivityExportProcessor(collecting));
            builder.AddAgentTraceInstrumentation(configure ?? (_ => { }));
            if (!exporterFirst)
                builder.AddProcessor(new SimpleActivityExportProcessor(collecting));
            builder.AddSource("App");
        });
    }

    private static Activity? StartChat(ActivitySource source, string? model)
    {
        Activity? span = source.StartActivity(model is null ? "chat" : $"chat {model}", ActivityKind.Client);
        span?.AddTag(GenAiAttributes.OperationName, "chat").AddTag(GenAiAttributes.RequestModel, model).AddTag(GenAiAttributes.ProviderName, "openai");
        return span;
    }

    private static void BecomeAgent(Activity? before, string name, string id)
    {
        if (Activity.Current is not { } span || ReferenceEquals(span, before))
            return;
        span.DisplayName = $"invoke_agent {name}({id})";
        span.SetTag(GenAiAttributes.OperationName, "invoke_agent").SetTag(GenAiAttributes.AgentId, id).SetTag(GenAiAttributes.AgentName, name);
    }

    private static void EndChat(Activity? span, Exception? fails, int inputTokens, int outputTokens)
    {
        if (fails is not null)
        {
            Fail(span, fails);
            return;
        }

        span?.AddTag(GenAiAttributes.ResponseFinishReasons, """["stop"]""").AddTag(GenAiAttributes.ResponseModel, "gpt-5-mini")
            .AddTag(GenAiAttributes.UsageInputTokens, inputTokens).AddTag(GenAiAttributes.UsageOutputTokens, outputTokens);
    }

    private static void Fail(Activity? span, Exception exception) =>
        span?.SetTag(OpenTelemetryAttributes.ErrorType, exception.GetType().FullName).SetStatus(ActivityStatusCode.Error, exception.Message);
}
