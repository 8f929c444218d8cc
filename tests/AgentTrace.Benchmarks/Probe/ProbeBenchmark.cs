using System.Diagnostics;
using System.Globalization;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Spans;
using AgentTrace.Probe.Training;

namespace AgentTrace.Benchmarks.Probe;

/// <summary>What the probe's engine reaches of the machine's own peak, and what a probe costs beside an agent: <c>probe</c>.</summary>
internal static class ProbeBenchmark
{
    public const string Name = "probe";

    private const int Width = 256;
    private const double Density = 1.0 / 32;
    private const int Documents = 4;
    private const int Length = 64;
    private const int Rounds = 30;
    private const int TrainingSteps = 12;

    public static void Run(TextWriter output)
    {
        var corpus = new CodeCorpus();
        Transformer dense = new(corpus.Shape(Width, Length)), sparse = Sparse(corpus, Length);
        double one = Peak();
        Line(output, $"a big product, one thread      {one,8:F1} GFLOP/s");
        double training = Training(corpus);
        double flops = 2.0 * Weights(dense);
        Line(output, $"dense training, a thread       {training,8:F0} tokens/s of processor time, {3 * flops * training / 1e9:F1} GFLOP/s, {3 * flops * training / 1e9 / one:P0} of that");
        (double denseRate, double sparseRate) = Inference(dense, sparse, corpus);
        Line(output, $"dense inference, one thread    {denseRate,8:F0} tokens/s, {flops * denseRate / 1e9:F1} GFLOP/s, {flops * denseRate / 1e9 / one:P0} of that");
        Line(output, $"sparse inference, one thread   {sparseRate,8:F0} tokens/s, {sparseRate / denseRate:F1} times the dense, density {Density:F4}");
        Probes(corpus, output);
    }

    /// <summary>Our own kernel on matrices of a layer's size: what can be hoped for. Short enough that some round is over before the core goes to someone else.</summary>
    private static double Peak()
    {
        const int Size = 384;
        Matrix a = Matrix.Dense(Size, Size), b = Matrix.Padded(Size, Size), c = Matrix.Padded(Size, Size);
        double least = double.MaxValue;
        for (int round = 0; round < 20 * Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Multiply(a, b, c);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Size * Size * Size / least / 1e9;
    }

    private static unsafe void Multiply(Matrix a, Matrix b, Matrix c) =>
        MatMul.Multiply(a.Pointer, a.Stride, 1, b.Pointer, b.Stride, 1, c.Pointer, c.Stride, a.Rows, b.Columns, a.Columns, accumulate: false);

    private static double Training(CodeCorpus corpus)
    {
        using var trainer = new Trainer(corpus.Shape(Width, Length), corpus, new TrainingOptions { Steps = 1000 });
        for (int warm = 0; warm < 4; warm++)
            trainer.TrainStep();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int step = 0; step < TrainingSteps; step++)
            trainer.TrainStep();
        return trainer.Options.BatchDocuments * trainer.Options.DocumentLength * TrainingSteps / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static (double Dense, double Sparse) Inference(Transformer dense, Transformer sparse, CodeCorpus corpus)
    {
        int[] tokens = new int[Documents * Length];
        for (int d = 0; d < Documents; d++)
            corpus.Fill(tokens.AsSpan(d * Length, Length), new Random(d));
        Activations ofDense = new(dense, Documents, Length), ofSparse = new(sparse, Documents, Length);
        double denseLeast = double.MaxValue, sparseLeast = double.MaxValue;
        for (int round = 0; round < 10 * Rounds; round++)
        {
            denseLeast = Math.Min(denseLeast, Forward(dense, tokens, ofDense));
            sparseLeast = Math.Min(sparseLeast, Forward(sparse, tokens, ofSparse));
        }

        return (tokens.Length / denseLeast, tokens.Length / sparseLeast);
    }

    private static double Forward(Transformer model, int[] tokens, Activations activations)
    {
        long start = Stopwatch.GetTimestamp();
        ForwardPass.Run(model, tokens, activations);
        ForwardPass.Logits(model, tokens, activations);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Probes(CodeCorpus corpus, TextWriter output)
    {
        const int Tokens = 200;
        Transformer model = Sparse(corpus, 256);
        CircuitProbe probe = new(model, SomeCircuit.Of(model, 40, corpus.Vocabulary["'"], corpus.Vocabulary["\""]), corpus.Vocabulary);
        int[] document = new int[4 * Tokens];
        corpus.Fill(document, new Random(1));
        string text = corpus.Vocabulary.Decode([.. document.Where(token => token != probe.Circuit.First && token != probe.Circuit.Second).Take(Tokens)]);
        var times = new List<double>();
        for (int round = 0; round < 10 * Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            probe.Read(text);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Line(output, $"a probe on {Tokens} tokens          {times.Min(),8:F2} ms ({times.Order().ElementAt(times.Count / 2):F2} in the median; {probe.Circuit.Nodes.Count} nodes, {probe.Circuit.Edges.Count} edges, of width {Width})");
        Line(output, $"offering it on the agent's thread {Enqueue(probe, text):F0} ns");
    }

    // The queue is full most of the time or it is not: both ways cost the agent the same few steps.
    private static double Enqueue(CircuitProbe probe, string text)
    {
        const int Offers = 2_000;
        double least = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            using var queue = new BackgroundProbes(capacity: 2 * Offers);
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Offers; i++)
                queue.Offer(probe, text);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Offers);
        }

        return least;
    }

    private static Transformer Sparse(CodeCorpus corpus, int length)
    {
        var model = new Transformer(corpus.Shape(Width, length));
        int[] histogram = new int[1 << 16];
        foreach (Parameter parameter in model.Parameters.Where(p => !p.IsVector && p.Name != "bigram_table" && p.IsTrained))
            TopKMask.Apply(parameter.Value.Values, (int)(Density * parameter.Count), histogram);
        model.Refresh();
        return model;
    }

    // Of the linear maps: what 2 FLOP a token go to. Attention's own products come on top and are not counted.
    private static double Weights(Transformer model) => model.Parameters.Where(p => p.Name.StartsWith("transformer.h.", StringComparison.Ordinal) && !p.IsVector).Sum(p => (double)p.Count)
        + ((double)model.Config.Width * model.Config.VocabSize);

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
