using System.Globalization;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Training;

namespace AgentTrace.Probe.Surprise;

/// <summary>Trains a <see cref="TraceModel"/> on a system's runs.</summary>
/// <remarks>A few dozen runs are soon known by heart: for how long to train is chosen on runs left out, and then all are trained on.</remarks>
public static class TraceModelTrainer
{
    /// <summary>Least number of runs to learn from.</summary>
    public const int FewestRuns = 10;

    private const int FirstSteps = 50;

    /// <summary>Trains a model.</summary>
    /// <param name="runs">The events of each run, from its start to its end.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="progress">Told about every training in a line.</param>
    /// <param name="cancellationToken">Ends the training between two steps.</param>
    /// <exception cref="ArgumentException">There are too few runs, one is empty or has a word that is none, or an option is off.</exception>
    public static TrainedTraceModel Train(
        IReadOnlyList<IReadOnlyList<string>> runs, TraceModelOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        options ??= new TraceModelOptions();
        if (runs.Count < FewestRuns)
            throw new ArgumentException($"{runs.Count} runs are too few to learn how a system's runs go; at least {FewestRuns} are needed.", nameof(runs));
        if (options.MostSteps < FirstSteps || options.LeftOut is not (> 0 and < 1))
            throw new ArgumentException($"MostSteps is {options.MostSteps} and LeftOut {options.LeftOut}; allowed: at least {FirstSteps} steps, and a share between 0 and 1.", nameof(options));

        int[] order = [.. Enumerable.Range(0, runs.Count)];
        new Random(options.Seed).Shuffle(order);
        int leftOut = Math.Clamp((int)(options.LeftOut * runs.Count), 1, runs.Count - 1);
        IReadOnlyList<string>[] judged = [.. order.Take(leftOut).Select(run => runs[run])];
        var learned = new RunCorpus(order.Skip(leftOut).Select(run => runs[run]));
        (int best, double loss) = (0, double.PositiveInfinity);
        // Once more steps are worse they stay worse.
        for (int steps = FirstSteps; steps <= options.MostSteps; steps *= 2)
        {
            double found = LossOf(Fit(learned, steps, options, cancellationToken), judged);
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{steps} steps on {learned.Count} runs: {found:F4} nats an event of {judged.Length} others"));
            if (found >= loss)
                break;
            (best, loss) = (steps, found);
        }

        progress?.Report($"{best} steps on all {runs.Count} runs");
        return new TrainedTraceModel(Fit(new RunCorpus(runs), best, options, cancellationToken), runs.Count, best, loss);
    }

    /// <summary>Mean surprise of a model at the events of runs, nats per event.</summary>
    public static double LossOf(TraceModel model, IReadOnlyList<IReadOnlyList<string>> runs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(runs);
        double nats = 0;
        long events = 0;
        foreach (IReadOnlyList<string> run in runs)
        {
            foreach (TokenSurprise surprise in model.Read(run))
                nats += surprise.Nats;
            events += run.Count - 1;
        }

        return nats / Math.Max(1, events);
    }

    private static TraceModel Fit(RunCorpus corpus, int steps, TraceModelOptions options, CancellationToken cancellationToken)
    {
        bool sparse = options.Density < 1;
        using var trainer = new Trainer(RunCorpus.Shape(options.Width), corpus, new TrainingOptions
        {
            Steps = steps,
            Density = options.Density,
            EmbeddingDensity = sparse ? Math.Max(0.25, options.Density) : null,
            LearningRate = sparse ? 8e-3 : 4e-3,
            Seed = options.Seed,
        });
        trainer.Run(cancellationToken: cancellationToken);
        return new TraceModel(trainer.Model);
    }
}
