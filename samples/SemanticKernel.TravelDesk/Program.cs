using AgentTrace;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Agents.Orchestration;
using Microsoft.SemanticKernel.Agents.Orchestration.Handoff;
using Microsoft.SemanticKernel.Agents.Runtime.InProcess;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SemanticKernel.TravelDesk;

// The one line of tracing; the reference to AgentTrace does the rest at build time.
using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
    .ConfigureResource(resource => resource.AddService("travel-desk"))
    .AddAgentTraceInstrumentation()
    .AddOtlpExporter()
    .Build();

ChatCompletionAgent concierge = Desk.Concierge(), hotels = Desk.Hotels();
var orchestration = new HandoffOrchestration(OrchestrationHandoffs.StartWith(concierge).Add(concierge, hotels, "for rooms"), concierge, hotels);
await using var runtime = new InProcessRuntime();
await runtime.StartAsync();

// A run of the app's own, so that it can say how it ended.
using (AgentRun run = AgentRun.Start("travel-desk"))
{
    OrchestrationResult<string> result = await orchestration.InvokeAsync("Please book me a room in Lisbon.", runtime);
    Console.WriteLine(await result.GetValueAsync(TimeSpan.FromSeconds(60)));
    run.Fail("no room is booked");
    Console.WriteLine($"trace {run.Activity?.TraceId}");
}

await runtime.RunUntilIdleAsync();
