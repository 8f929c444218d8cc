using System.Buffers;
using System.Text.Json;
using AgentTrace.Attribution.Judges.Prompts;
using AgentTrace.Attribution.Judges.Questions;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Replay;

/// <summary>Passes questions on and adds every answer to <c>answers.jsonl</c> in a folder, for <see cref="ReplayJudge"/>.</summary>
/// <remarks>
/// One JSON object a line: <c>run</c> (a digest of the run), <c>runId</c>, <c>method</c>, <c>question</c>, <c>answer</c>, <c>model</c>,
/// <c>inputTokens</c>, <c>outputTokens</c>. Each line is written whole before the answer is given. For use from several threads.
/// </remarks>
public sealed class RecordingJudge : DelegatingChatClient
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;

    /// <summary>Opens the recording, at its end where there is one already.</summary>
    /// <param name="judge">The judge that is asked; disposed with this one.</param>
    /// <param name="folder">The recording's folder; created where it is missing.</param>
    public RecordingJudge(IChatClient judge, string folder) : base(judge)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, RecordedAnswers.FileName), FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        QuestionOptions asked = QuestionOptions.Of(options, "recording");
        ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteString("run", LogFence.For(asked.Run));
            json.WriteString("runId", asked.Run.Id);
            json.WriteString("method", asked.Question.Method);
            json.WriteString("question", asked.Question.Key);
            json.WriteString("answer", response.Text);
            json.WriteString("model", response.ModelId);
            json.WriteNumber("inputTokens", response.Usage?.InputTokenCount ?? 0);
            json.WriteNumber("outputTokens", response.Usage?.OutputTokenCount ?? 0);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        lock (_lock)
        {
            _file.Write(line.WrittenSpan);
            _file.Flush();
        }

        return response;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
