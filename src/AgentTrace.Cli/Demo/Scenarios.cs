using static AgentTrace.Cli.Demo.ScriptedReply;
using static AgentTrace.Cli.Demo.TravelDesk;

namespace AgentTrace.Cli.Demo;

/// <summary>The four stories of the demo: a success, an ignored tool error, a wrong fact handed on, a loop that ends in a premature answer.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } = [Success(), IgnoredToolError(), WrongFact(), Loop()];

    private static Scenario Success() => new(
        "success", "everything goes well", "Please book me a trip from London to Lisbon on 12 May 2026, flight and hotel.", "Portugal", HotelsAreDown: false,
        Script(
            concierge: [Say("A trip to Lisbon on 12 May. First the entry rules.", Visa), Say("All set: flight TP351 on 12 May and a room at the Grand Plaza Lisbon. No visa is needed.")],
            visa: [Call("visa_rules", ("country", "Portugal")), Say("The rule on record: no visa needed for stays up to 90 days.", Flights)],
            flights: [Call("search_flights", ("to", "Lisbon"), ("date", "2026-05-12")), Call("book_flight", ("flight", "TP351 09:40")), Say("Ticket issued for TP351 at 09:40.", Hotels)],
            hotels: [Call("search_hotels", ("city", "Lisbon")), Call("book_hotel", ("hotel", "Grand Plaza Lisbon")), Say("A room is reserved at the Grand Plaza Lisbon, 120 EUR a night.", Concierge)]),
        ExpectedAgent: null, ExpectedStep: null);

    private static Scenario IgnoredToolError() => new(
        "ignored-tool-error", "the booking tool fails and its agent goes on as if it had not", "Please book me a trip from London to Lisbon on 12 May 2026, flight and hotel.",
        "Portugal", HotelsAreDown: true,
        Script(
            concierge: [Say("A trip to Lisbon on 12 May. First the entry rules.", Visa), Say("All set: flight TP351 on 12 May and a room at the Grand Plaza Lisbon.")],
            visa: [Call("visa_rules", ("country", "Portugal")), Say("The rule on record: no visa needed for stays up to 90 days.", Flights)],
            flights: [Call("search_flights", ("to", "Lisbon"), ("date", "2026-05-12")), Call("book_flight", ("flight", "TP351 09:40")), Say("Ticket issued for TP351 at 09:40.", Hotels)],
            hotels: [Call("search_hotels", ("city", "Lisbon")), Call("book_hotel", ("hotel", "Grand Plaza Lisbon")), Say("Your room at the Grand Plaza Lisbon is confirmed, 120 EUR a night.", Concierge)]),
        ExpectedAgent: Hotels, ExpectedStep: 3);

    private static Scenario WrongFact() => new(
        "wrong-fact", "a fact is assumed, not looked up, and handed on", "Please book me a trip from London to Mumbai on 12 May 2026 and tell me whether I need a visa.",
        "India", HotelsAreDown: false,
        Script(
            concierge: [Say("A trip to Mumbai on 12 May. First the entry rules.", Visa), Say("All set: flight BA139 on 12 May and a room at the Grand Plaza Mumbai. You do not need a visa.")],
            visa: [Say("As far as I remember, British visitors do not need a visa for India; I assume that still holds.", Flights)],
            flights: [Call("search_flights", ("to", "Mumbai"), ("date", "2026-05-12")), Call("book_flight", ("flight", "BA139 21:05")), Say("No visa is needed, so I went ahead: ticket issued for BA139 at 21:05.", Hotels)],
            hotels: [Call("search_hotels", ("city", "Mumbai")), Call("book_hotel", ("hotel", "Grand Plaza Mumbai")), Say("A room is reserved at the Grand Plaza Mumbai, 120 EUR a night.", Concierge)]),
        ExpectedAgent: Visa, ExpectedStep: 1);

    private static Scenario Loop() => new(
        "loop", "the same search again and again, then a premature answer", "Please get me to Oslo in the week of 12 May 2026, any day will do.", "Norway", HotelsAreDown: false,
        Script(
            concierge:
            [
                Say("A trip to Oslo in the week of 12 May, any day.", Flights),
                Say("Any day of that week is fine for the customer: look at the other days, please.", Flights),
                Say("The customer is flexible: try the days after the 12th.", Flights),
                Say("Your trip to Oslo is arranged. Have a good journey!"),
            ],
            visa: [],
            flights:
            [
                Call("search_flights", ("to", "Oslo"), ("date", "2026-05-12")), Say("There are no seats from London to Oslo on 12 May.", Concierge),
                Call("search_flights", ("to", "Oslo"), ("date", "2026-05-12")), Say("I searched again: there are no seats from London to Oslo on 12 May.", Concierge),
                Call("search_flights", ("to", "Oslo"), ("date", "2026-05-12")), Say("Still no seats from London to Oslo on 12 May.", Concierge),
            ],
            hotels: []),
        ExpectedAgent: Flights, ExpectedStep: 3);

    private static Dictionary<string, IReadOnlyList<ScriptedReply>> Script(
        IReadOnlyList<ScriptedReply> concierge, IReadOnlyList<ScriptedReply> visa, IReadOnlyList<ScriptedReply> flights, IReadOnlyList<ScriptedReply> hotels) =>
        new() { [Concierge] = concierge, [Visa] = visa, [Flights] = flights, [Hotels] = hotels };
}
