using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Demo;

/// <summary>The world behind the travel desk's tools: what can be booked, and what is booked in the end.</summary>
internal sealed class BookingSystem(bool hotelsAreDown)
{
    private static readonly Dictionary<string, string> VisaRules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Portugal"] = "No visa needed for stays up to 90 days.",
        ["India"] = "An e-visa is required before departure; airlines refuse boarding without it.",
    };

    private static readonly Dictionary<(string To, string Date), string> Flights = new()
    {
        [("Lisbon", "2026-05-12")] = "TP351 09:40",
        [("Mumbai", "2026-05-12")] = "BA139 21:05",
        [("Oslo", "2026-05-14")] = "BA762 07:20",
    };

    private readonly HashSet<string> _visas = new(StringComparer.OrdinalIgnoreCase);

    public string? BookedFlight { get; private set; }

    public string? BookedHotel { get; private set; }

    public IReadOnlyList<AIFunction> VisaTools => [Tool(LookUpVisaRules, "visa_rules"), Tool(ApplyForVisa, "apply_for_visa")];

    public IReadOnlyList<AIFunction> FlightTools => [Tool(SearchFlights, "search_flights"), Tool(BookFlight, "book_flight")];

    public IReadOnlyList<AIFunction> HotelTools => [Tool(SearchHotels, "search_hotels"), Tool(BookHotel, "book_hotel")];

    /// <summary>Why the traveller cannot go, or null when all is well: the desk's own check of its work.</summary>
    public string? WhatIsMissing(string country) =>
        BookedFlight is null ? "no flight is booked"
        : BookedHotel is null ? "no hotel room is booked"
        : VisaRules.TryGetValue(country, out string? rule) && rule.Contains("required", StringComparison.Ordinal) && !_visas.Contains(country)
            ? $"the traveller has no visa for {country} and will be refused boarding"
        : null;

    [Description("Entry rules of a country for a British citizen.")]
    private string LookUpVisaRules(string country) => VisaRules.GetValueOrDefault(country, "No rule on record.");

    [Description("Applies for a visa.")]
    private string ApplyForVisa(string country)
    {
        _visas.Add(country);
        return $"e-visa for {country} granted";
    }

    [Description("Flights from London on one day.")]
    private string SearchFlights(string to, string date) =>
        Flights.TryGetValue((to, date), out string? flight) ? flight : $"no seats from London to {to} on {date}";

    [Description("Books a flight.")]
    private string BookFlight(string flight)
    {
        BookedFlight = flight;
        return $"ticket issued for {flight}";
    }

    [Description("Hotels in a city.")]
    private string SearchHotels(string city) => $"Grand Plaza {city}, 120 EUR a night";

    [Description("Books a room.")]
    private string BookHotel(string hotel)
    {
        if (hotelsAreDown)
            throw new HttpRequestException("503 Service Unavailable: the hotel booking system did not answer");
        BookedHotel = hotel;
        return $"room reserved at {hotel}";
    }

    private static AIFunction Tool(Delegate method, string name) => AIFunctionFactory.Create(method, name);
}
