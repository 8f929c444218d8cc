using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges.Prompts;
using AgentTrace.Attribution.Judges.Questions;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Replay;

/// <summary>Gives recorded answers, by run and question and whatever the wording of the prompt: no model is asked, nothing is spent.</summary>
/// <remarks>
/// Reads what <see cref="RecordingJudge"/> wrote, and recordings of the reference prompts of Who&amp;When (docs/attribution/judges.md has both formats).
/// A question without a recorded answer is an error: a replay that made one up would measure nothing.
/// </remarks>
public sealed class ReplayJudge : IChatClient, IAnswersWithoutPrompt
{
    private readonly string _folder;
    private readonly RecordedAnswers? _recorded;
    private readonly ReferenceRecording _reference;

    /// <summary>Opens a recording.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="ArgumentException">There is no such folder.</exception>
    /// <exception cref="FormatException">The recording cannot be read; the message names file and line.</exception>
    public ReplayJudge(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
            throw new ArgumentException($"There is no folder {folder} to replay answers from. Record one, or check its name.", nameof(folder));
        _folder = folder;
        _recorded = RecordedAnswers.Read(folder);
        _reference = new ReferenceRecording(folder);
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QuestionOptions asked = QuestionOptions.Of(options, "replaying");
        string? answer = _recorded?.Find(LogFence.For(asked.Run), asked.Question.Method, asked.Question.Key) ?? _reference.Find(asked.Run, asked.Question);
        return answer is null
            ? throw new JudgeException(
                $"{_folder} holds no answer to \"{asked.Question.Key}\" of {asked.Question.Method} about run {asked.Run.Source ?? asked.Run.Id}. Record the run with this method first.")
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)) { Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 } });
    }

    /// <summary>Not possible: a judge's answer is of use only when it is whole.</summary>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A replaying judge gives whole answers.");

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
}
