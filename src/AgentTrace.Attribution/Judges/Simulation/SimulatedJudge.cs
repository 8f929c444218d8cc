using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Prompts;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Simulation;

/// <summary>A judge that knows the labels and answers each question rightly with a set probability: what a method can do with answers of known worth.</summary>
/// <remarks>
/// Seeded: the same question about the same run gets the same answer; different questions are independent. A wrong answer to yes or no is the
/// other one, a wrong step is any other with the same probability. It reports no tokens. For evaluating methods; no model is asked.
/// </remarks>
public sealed class SimulatedJudge : IChatClient, IAnswersWithoutPrompt
{
    private readonly Dictionary<string, RunLabel> _labels = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<AgentRun, string> _digests = [];
    private readonly double _accuracy;
    private readonly int _seed;

    /// <summary>Creates the judge.</summary>
    /// <param name="runs">The runs it will be asked about; those without a label cannot be.</param>
    /// <param name="accuracy">Probability 0..1 that an answer is right.</param>
    /// <param name="seed">Which answers are wrong.</param>
    public SimulatedJudge(IEnumerable<LabeledRun> runs, double accuracy, int seed)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (!(accuracy is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "An accuracy is a probability from 0 to 1.");
        foreach (LabeledRun run in runs)
        {
            if (run.Label is { } label)
                _labels[DigestOf(run.Run)] = label;
        }

        _accuracy = accuracy;
        _seed = seed;
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QuestionOptions asked = QuestionOptions.Of(options, "simulated");
        string digest = DigestOf(asked.Run);
        if (!_labels.TryGetValue(digest, out RunLabel? label))
            throw new JudgeException($"The simulated judge knows no label of run {asked.Run.Id}: it can only be asked about labelled runs.");
        byte[] draw = Draw(digest, asked.Question);
        bool right = BinaryPrimitives.ReadUInt32LittleEndian(draw) < _accuracy * (1L << 32);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(asked, label, right, BinaryPrimitives.ReadUInt32LittleEndian(draw.AsSpan(4))))) { Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 } });
    }

    /// <summary>Not possible: a judge's answer is of use only when it is whole.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A simulated judge gives whole answers.");

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    private static string Answer(QuestionOptions asked, RunLabel label, bool right, uint draw)
    {
        JudgeQuestion question = asked.Question;
        int middle = question.Start + ((question.End - question.Start) / 2);
        return question.Kind switch
        {
            JudgeQuestionKind.WhichHalf => (label.Step <= middle) == right ? "upper half" : "lower half",
            JudgeQuestionKind.AtOrBefore => YesOrNo((label.Step <= question.Start) == right),
            JudgeQuestionKind.ErrorInStep => (label.Step == question.Start) == right ? "1. Yes" : "1. No",
            JudgeQuestionKind.WholeRun => Lines(asked.Run, right ? label.Step : OtherStep(asked.Run, label.Step, draw)),
            JudgeQuestionKind.Proposal => NamedStepAnswer.Write(asked.Run, right ? label.Step : OtherStep(asked.Run, label.Step, draw)),
            _ => YesOrNo((label.Step == question.Start) == right),
        };
    }

    private static string YesOrNo(bool yes) => yes ? "yes" : "no";

    private static string Lines(AgentRun run, int step) =>
        string.Create(CultureInfo.InvariantCulture, $"Agent Name: {run.Steps[step].Agent}\nStep Number: {step}\nReason: simulated");

    private static int OtherStep(AgentRun run, int gold, uint draw)
    {
        if (run.Steps.Count == 1)
            return 0;
        int other = (int)(draw % (uint)(run.Steps.Count - 1));
        return other < gold ? other : other + 1;
    }

    private string DigestOf(AgentRun run) => _digests.GetValue(run, LogFence.For);

    /// <summary>A digest rather than a seeded generator: neighbouring questions must not get related answers.</summary>
    private byte[] Draw(string digest, JudgeQuestion question) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_seed}|{digest}|{question.Method}|{question.Key}")));
}
