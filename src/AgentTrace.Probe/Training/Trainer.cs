using System.Diagnostics;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Probe.Training;

/// <summary>Trains a model, dense or weight-sparse, by the recipe of Gao et al. (2025).</summary>
/// <remarks>
/// Sparse: after every step the weights of largest magnitude of each matrix stay and the others become zero, while the share that stays falls
/// from 1 to the target. A step's documents are split between two workers whatever the machine has, so that a seed gives the same weights.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private const int Workers = 2;

    // Validation documents come from seeds that training never reaches.
    private const int ValidationSeed = int.MaxValue;
    private const double GradientClip = 1;

    private readonly TrainingOptions _options;
    private readonly WorkerTeam _team = new(Workers);
    private readonly GradientWorker[] _workers;
    private readonly ParameterUpdate[] _updates;
    private readonly Action<int> _gradients;
    private readonly Action<int> _validate;
    private readonly Action<int> _sum;
    private readonly Action<int> _update;
    private readonly double[] _squares = new double[Workers];
    private StepSettings _settings;
    private int _firstDocument;

    /// <summary>Creates the trainer and a model with fresh weights.</summary>
    public Trainer(TransformerConfig config, ICorpus corpus, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        _options = TrainingCheck.Checked(options, config, corpus, Workers * GradientWorker.ChunkDocuments);
        Model = new Transformer(config, options.Seed);
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => new GradientWorker(Model, corpus, options.DocumentLength))];
        _updates = [.. Enumerable.Range(0, Workers).Select(worker => new ParameterUpdate(Model, options, worker, Workers))];
        _gradients = worker => Share(worker, options.BatchDocuments, train: true);
        _validate = worker => Share(worker, Workers * GradientWorker.ChunkDocuments, train: false);
        _sum = worker => _squares[worker] = _updates[worker].Sum(_workers[0].Gradients, _workers[1].Gradients);
        _update = worker => _updates[worker].Apply(_workers[0].Gradients, _settings);
    }

    /// <summary>Goes on with a training from what <see cref="SaveCheckpoint"/> wrote; the end is the same as without the interruption.</summary>
    /// <param name="stream">The checkpoint.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="corpus">The corpus it was trained on.</param>
    /// <exception cref="ModelFormatException">It is no checkpoint, or a damaged one.</exception>
    public static Trainer Resume(Stream stream, string source, ICorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsHeader header = SafetensorsHeader.Read(stream, source);
        (TransformerConfig config, TrainingOptions options, int step) = Checkpoint.Read(header, source);
        Trainer? trainer = null;
        try
        {
            trainer = new Trainer(config, corpus, options);
            SafetensorsReader.Fill([.. NamedTensor.All(trainer.Model), .. trainer.Moments], header, stream, source);
            trainer.Model.Refresh();
            trainer.Step = step;
            return trainer;
        }
        catch (Exception e)
        {
            trainer?.Dispose();
            if (e is ArgumentException)
                throw new ModelFormatException($"{source}: the checkpoint belongs to another training ({e.Message}).", e);
            throw;
        }
    }

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>The settings.</summary>
    public TrainingOptions Options => _options;

    private IEnumerable<NamedTensor> Moments => _updates.SelectMany(update => update.Moments);

    /// <summary>Writes what <see cref="Resume"/> needs: a safetensors file with weights and optimizer.</summary>
    public void SaveCheckpoint(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Checkpoint.Write(stream, Model, _options, Step, Moments);
    }

    /// <summary>Does one step and returns its mean loss in nats per token.</summary>
    public double TrainStep()
    {
        _firstDocument = 0;
        _settings = StepSettings.At(_options, ++Step);
        _team.Run(_gradients);
        _team.Run(_sum);
        double squares = _squares.Sum(), count = _updates.Sum(update => update.Values);
        double scale = _options.IsSparse ? 1 / Math.Max(Math.Sqrt(squares / count), 1e-20) : Math.Min(1, GradientClip / Math.Max(Math.Sqrt(squares), 1e-20));
        _settings = _settings with { GradientScale = (float)scale };
        _team.Run(_update);
        return _workers.Sum(worker => worker.Loss) / (_options.BatchDocuments * _options.DocumentLength);
    }

    /// <summary>Does all steps that are left.</summary>
    /// <param name="progress">Told about every <paramref name="every"/>-th step; null for nobody.</param>
    /// <param name="every">Steps between reports.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <exception cref="InvalidOperationException">The loss is no longer a number; the message says at which step and what to do.</exception>
    public void Run(IProgress<TrainingProgress>? progress = null, int every = 100, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        int first = Step;
        double smooth = 0;
        while (Step < _options.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = TrainStep();
            if (!double.IsFinite(loss))
                throw new InvalidOperationException($"The loss is {loss} at step {Step}: training has diverged. Lower the learning rate ({_options.LearningRate}).");
            smooth = smooth == 0 ? loss : (0.95 * smooth) + (0.05 * loss);
            if (progress is null || (Step % every != 0 && Step != _options.Steps))
                continue;
            TimeSpan spent = Stopwatch.GetElapsedTime(start);
            double perStep = spent.TotalSeconds / (Step - first);
            progress.Report(new TrainingProgress(
                Step, _options.Steps, smooth, _options.BatchDocuments * _options.DocumentLength / perStep, Model.Nonzeros, TimeSpan.FromSeconds(perStep * (_options.Steps - Step))));
        }
    }

    /// <summary>Mean loss in nats per token on documents that training does not see.</summary>
    /// <param name="documents">How many, rounded up to what the workers take at once.</param>
    public double Validate(int documents = 512)
    {
        int round = Workers * GradientWorker.ChunkDocuments, rounds = (documents + round - 1) / round;
        double loss = 0;
        _settings = new StepSettings { Step = ValidationSeed };
        for (int i = 0; i < rounds; i++)
        {
            _firstDocument = i * round;
            _team.Run(_validate);
            loss += _workers.Sum(worker => worker.Loss);
        }

        return loss / ((double)rounds * round * _options.DocumentLength);
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void Share(int worker, int documents, bool train)
    {
        int share = documents / Workers, first = _firstDocument + (worker * share);
        int seed = train ? unchecked((_options.Seed * 1_000_003) + _settings.Step) : _settings.Step;
        _workers[worker].Run(seed, first, first + share, 1f / (documents * _options.DocumentLength), train);
    }
}
