using GettingStarted;
// <readme-usings>
using AgentTrace;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;
// </readme-usings>

IChatClient flightsModel = new EchoModel("There are no seats on 12 May.");
IChatClient conciergeModel = new EchoModel("Your flight on 12 May is booked!");

// <readme>
// 1. Once, at start-up: spans go to the collector (or any OTLP endpoint).
using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
    .AddAgentTraceInstrumentation(o => o.CaptureContent = true)   // content is off unless you ask; secrets are redacted
    .AddOtlpExporter()                                            // http://localhost:4317 by default
    .Build();

// 2. One run, one trace. Each call of a wrapped client is a turn of that agent.
using AgentRun run = AgentRun.Start("travel-desk", new AgentRunOptions { Input = "Book a flight for 12 May." });
IChatClient flights = flightsModel.WithAgentTrace("Flights");
IChatClient concierge = conciergeModel.WithAgentTrace("Concierge");
ChatResponse found = await flights.GetResponseAsync("Book a flight for 12 May.");
ChatResponse answer = await concierge.GetResponseAsync([new(ChatRole.User, "Book a flight for 12 May."), .. found.Messages]);

// 3. Say how it ended: a failed run is attributed by the collector.
if (answer.Text.Contains("ticket number", StringComparison.Ordinal))
    run.Succeed(answer.Text);
else
    run.Fail("no ticket was issued");
// </readme>

Console.WriteLine($"trace {run.Activity?.TraceId}");
