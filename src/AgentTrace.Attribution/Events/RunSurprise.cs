using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Events;

/// <summary>What a trace model says of a run, step by step.</summary>
internal sealed class RunSurprise
{
    private readonly IReadOnlyList<RunEvent> _events;
    private readonly IReadOnlyList<EventSurprise> _surprises;

    public RunSurprise(RunView run, ITraceModel model)
    {
        _events = RunEvents.Of(run);
        _surprises = model.Read([.. _events.Select(one => one.Word)]);
        if (_surprises.Count != _events.Count)
            throw new InvalidOperationException($"The trace model {model.Id} judged {_surprises.Count} of {_events.Count} events.");
        Nats = new double[run.Steps.Length];
        for (int i = 0; i < _events.Count; i++)
        {
            if (_events[i].Step >= 0)
                Nats[_events[i].Step] += _surprises[i].Nats;
        }
    }

    /// <summary>For each step how unexpected its events were, together.</summary>
    public double[] Nats { get; }

    /// <summary>The step's least expected event: its place in the run.</summary>
    public int LeastExpected(int step) => Enumerable.Range(0, _events.Count).Where(i => _events[i].Step == step).MaxBy(i => _surprises[i].Nats);

    /// <summary>An event, and what was expected in its place.</summary>
    public (RunEvent Event, EventSurprise Surprise) this[int place] => (_events[place], _surprises[place]);

    /// <summary>The words of the last few events before one.</summary>
    public string Before(int place, int events) => string.Join(" ", _events.Take(place).TakeLast(events).Select(before => before.Word));
}
