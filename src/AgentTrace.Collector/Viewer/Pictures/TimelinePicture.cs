using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>Where everything stands in the picture of a run: a lane an agent, a column a step, and below them how likely each step broke the run.</summary>
/// <remarks>A column a step, not a second: turns of milliseconds between turns of minutes must be seen too, and many logs have no times.</remarks>
internal sealed class TimelinePicture
{
    public const double Left = 112;
    public const double Top = 30;
    public const double LaneHeight = 36;
    public const double TurnHeight = 16;
    public const double StripHeight = 44;

    /// <summary>Steps that are drawn and linked one by one; of more, each lane is one shape.</summary>
    public const int MostLinked = 200;

    private const double Room = 520;
    private const double NarrowestColumn = 13;
    private const double WidestTurn = 74;
    private const double AxisHeight = 20;

    private readonly AgentRun _run;
    private readonly double[] _blame;

    public TimelinePicture(AgentRun run, FailureAttribution? verdict)
    {
        _run = run;
        Lanes = new Lanes(run);
        _blame = new double[run.Steps.Count];
        foreach (StepBlame blame in verdict?.Ranking ?? [])
            if (blame.Step >= 0 && blame.Step < _blame.Length)
                _blame[blame.Step] = Math.Clamp(blame.Probability, 0, 1);
        Highest = _blame.Length > 0 ? _blame.Max() : 0;
        Culprit = verdict?.Step is { } step && step < run.Steps.Count ? step : null;
        Column = IsLinked ? Math.Max(NarrowestColumn, Room / Math.Max(1, run.Steps.Count)) : Room / run.Steps.Count;
    }

    public Lanes Lanes { get; }

    public int? Culprit { get; }

    /// <summary>The highest probability of any step; the strip is drawn up to it.</summary>
    public double Highest { get; }

    /// <summary>Whether each step is drawn, and leads to its place in the transcript.</summary>
    public bool IsLinked => _run.Steps.Count <= MostLinked;

    public double Column { get; }

    public double TurnWidth => IsLinked ? Math.Min(WidestTurn, Math.Max(Column - 4, Column * 0.66)) : Column;

    public double Bottom => Top + (Lanes.Names.Count * LaneHeight);

    public double StripBottom => Bottom + AxisHeight + (HasStrip ? StripHeight : 0);

    public bool HasStrip => Highest > 0;

    public double Width => Left + Math.Max(Room, _run.Steps.Count * Column) + 8;

    public double Height => StripBottom + 6;

    /// <summary>Whether the whole picture fits beside the transcript.</summary>
    public bool Fits => Width <= Left + Room + 8;

    public double X(int step) => Left + (step * Column) + ((Column - TurnWidth) / 2);

    public double Y(Step step) => Top + (Lanes.Of(step.Agent) * LaneHeight) + 7;

    public double Blame(int step) => _blame[step];

    /// <summary>The height of a step's bar: what is possible at all can be seen.</summary>
    public double BarHeight(int step) => _blame[step] <= 0 ? 0 : Math.Max(1.5, _blame[step] / Highest * (StripHeight - 8));

    /// <summary>Whether there is room for the number of that step under its column.</summary>
    public bool IsNumbered(int step)
    {
        int every = Column >= 22 ? 1 : Column * 5 >= 30 ? 5 : (int)Math.Ceiling(60 / Column / 50) * 50;
        return step % every == 0 || step == Culprit;
    }

    /// <summary>The way from one turn to the next where another agent goes on.</summary>
    public string Handoff(int from)
    {
        (double x1, double y1) = (X(from) + TurnWidth, Y(_run.Steps[from]) + (TurnHeight / 2));
        (double x2, double y2) = (X(from + 1), Y(_run.Steps[from + 1]) + (TurnHeight / 2));
        double bend = Math.Max(5, (x2 - x1) / 2);
        return string.Create(CultureInfo.InvariantCulture, $"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}");
    }

    /// <summary>All turns of a lane as one shape.</summary>
    public string LanePath(int lane)
    {
        var path = new StringBuilder();
        foreach (Step step in _run.Steps)
            if (Lanes.Of(step.Agent) == lane)
                path.Append(CultureInfo.InvariantCulture, $"M{X(step.Index):0.##} {Y(step):0.#}h{TurnWidth:0.##}v{TurnHeight}h-{TurnWidth:0.##}z");
        return path.ToString();
    }

    /// <summary>All bars of the strip as one shape.</summary>
    public string StripPath()
    {
        var path = new StringBuilder();
        for (int step = 0; step < _blame.Length; step++)
            if (BarHeight(step) is > 0 and var height)
                path.Append(CultureInfo.InvariantCulture, $"M{X(step):0.##} {StripBottom:0.#}v-{height:0.#}h{TurnWidth:0.##}v{height:0.#}z");
        return path.ToString();
    }
}
