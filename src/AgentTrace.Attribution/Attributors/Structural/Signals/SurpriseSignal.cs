using System.Globalization;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Events;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Things happen in a step that a model of the system's runs did not expect: blame the step.</summary>
internal sealed class SurpriseSignal(ITraceModel model) : ISignal
{
    // At one in four hundred a step is as odd as it gets: of several such steps the first counts.
    private const double MostNats = 6;
    private const int EventsShown = 4;

    public string Name => "surprise";

    public double Unremarkable => 0.5;

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        var surprise = new RunSurprise(run, model);
        for (int step = 0; step < surprise.Nats.Length; step++)
            hits.Add(new SignalHit(step, Math.Min(1, surprise.Nats[step] / MostNats)));
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        var surprise = new RunSurprise(run, model);
        int place = surprise.LeastExpected(hit.Step);
        (RunEvent happened, EventSurprise expected) = surprise[place];
        return new SignalEvidence(string.Create(CultureInfo.InvariantCulture,
            $"In step {hit.Step} the run leaves the way such runs go: after \"{surprise.Before(place, EventsShown)}\" the trace model expects \"{expected.Expected}\" ({Percent(expected.Probability)}), and \"{happened.Word}\" came ({Percent(Math.Exp(-expected.Nats))})"));
    }

    private static string Percent(double probability) => probability < 0.001 ? "under 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * probability:0.#} %");
}
