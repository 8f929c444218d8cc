using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Demo;

/// <summary>An app as a user would write it: four agents that hand a customer's request to each other, in one traced run.</summary>
internal sealed class TravelDesk(Scenario scenario, int seed, TimeProvider clock)
{
    public const string Concierge = nameof(Concierge);
    public const string Visa = nameof(Visa);
    public const string Flights = nameof(Flights);
    public const string Hotels = nameof(Hotels);

    /// <summary>Serves the customer and returns the run's trace id.</summary>
    public async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        var bookings = new BookingSystem(scenario.HotelsAreDown);
        var random = new Random(seed);
        Dictionary<string, TravelAgent> agents = new()
        {
            [Concierge] = Agent(Concierge, [], random),
            [Visa] = Agent(Visa, bookings.VisaTools, random),
            [Flights] = Agent(Flights, bookings.FlightTools, random),
            [Hotels] = Agent(Hotels, bookings.HotelTools, random),
        };

        using AgentRun run = AgentRun.Start("travel-desk", new AgentRunOptions { Input = scenario.Request });
        List<ChatMessage> conversation = [new(ChatRole.User, scenario.Request)];
        for (string? next = Concierge; next is not null;)
            next = await agents[next].TakeTurnAsync(conversation, cancellationToken).ConfigureAwait(false);

        if (bookings.WhatIsMissing(scenario.Country) is { } missing)
            run.Fail(missing);
        else
            run.Succeed(conversation[^1].Text);
        return run.Activity?.TraceId.ToHexString() ?? throw new CliException(ExitCodes.Failed, "the run was not traced; is OTEL_SDK_DISABLED set? Unset it for this command");
    }

    private TravelAgent Agent(string name, IReadOnlyList<AIFunction> tools, Random random) =>
        new(name, new ScriptedChatClient(scenario.Script[name], random, clock), tools);
}
