using System.Diagnostics;
using System.Globalization;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;
using AgentTrace.Probe.Training;

namespace AgentTrace.Probe.Comparison;

/// <summary>Trains a dense and a weight-sparse model and compares the size of their circuits: the main claim of Gao et al. (2025).</summary>
public static class ModelComparison
{
    private const int ReportsOfATraining = 10;

    /// <summary>Runs the comparison on the built-in corpus.</summary>
    /// <param name="options">What is compared.</param>
    /// <param name="progress">Told in words how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">An option is off; the message says which and what is allowed.</exception>
    public static ComparisonResult Run(ComparisonOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var corpus = new CodeCorpus();
        ICircuitTask[] tasks = options.Chosen(corpus);
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        (Transformer sparse, double sparseLoss, TimeSpan sparseTime) = Train("sparse", options.SparseWidth, options.Sparse, corpus, progress, cancellationToken);
        (Transformer dense, double denseLoss, TimeSpan denseTime) = Train("dense", options.DenseWidth, options.Dense, corpus, progress, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        var finders = new (string Name, CircuitFinder Finder)[]
        {
            ("dense", new CircuitFinder(dense, corpus, options.Dense.DocumentLength, options.Circuits)),
            ("sparse", new CircuitFinder(sparse, corpus, options.Sparse.DocumentLength, options.Circuits)),
        };
        var found = new (Circuit? Circuit, string? Reason)[finders.Length * tasks.Length];
        // Each search is one thread's: they are many, and independent.
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
        {
            (string name, CircuitFinder finder) = finders[i / tasks.Length];
            found[i] = Find(finder, tasks[i % tasks.Length], name, progress, cancellationToken);
        });
        return new ComparisonResult
        {
            DenseModel = dense,
            SparseModel = sparse,
            DenseLoss = denseLoss,
            SparseLoss = sparseLoss,
            Tasks = [.. tasks.Select((task, i) => new ComparedTask(task.Name, found[i].Circuit, found[tasks.Length + i].Circuit, found[i].Reason ?? found[tasks.Length + i].Reason))],
            DenseTraining = denseTime,
            SparseTraining = sparseTime,
            Pruning = Stopwatch.GetElapsedTime(start),
            Processor = Environment.CpuUsage.TotalTime - processor,
        };
    }

    private static (Transformer Model, double Loss, TimeSpan Time) Train(
        string name, int width, TrainingOptions options, CodeCorpus corpus, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using var trainer = new Trainer(corpus.Shape(width, options.DocumentLength), corpus, options);
        trainer.Run(progress is null ? null : new TrainingReports(name, progress), Math.Max(1, options.Steps / ReportsOfATraining), cancellationToken);
        double loss = trainer.Validate();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: trained in {time.TotalSeconds:F0} s, validation loss {loss:F4}, {trainer.Model.Nonzeros} nonzero weights"));
        return (trainer.Model, loss, time);
    }

    private static (Circuit? Circuit, string? Reason) Find(CircuitFinder finder, ICircuitTask task, string name, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Circuit circuit = finder.Find(task, null, cancellationToken);
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: {task.Name} {circuit.Nodes.Count} nodes, {circuit.Edges.Count} edges, loss {circuit.Score.Loss:F3}"));
            return (circuit, null);
        }
        catch (CircuitNotFoundException e)
        {
            progress?.Report($"{name}: {e.Message}");
            return (null, $"{name}: {e.Message}");
        }
    }

    private sealed class TrainingReports(string name, IProgress<string> progress) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(value.ToString(name));
    }
}
