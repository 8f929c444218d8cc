using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Questions;

/// <summary>The chat options of a judge's call, with the question beside the prompt for judges that answer from a recording or from labels.</summary>
/// <remarks>Models never see it: a chat client sends what it knows of <see cref="ChatOptions"/>.</remarks>
internal sealed class QuestionOptions : ChatOptions
{
    public QuestionOptions(AgentRun run, JudgeQuestion question)
    {
        Run = run;
        Question = question;
        Temperature = 0;
    }

    private QuestionOptions(QuestionOptions other) : base(other)
    {
        Run = other.Run;
        Question = other.Question;
    }

    public AgentRun Run { get; }

    public JudgeQuestion Question { get; }

    /// <summary>The question behind a call.</summary>
    /// <exception cref="ArgumentException">The call is not from an attribution method.</exception>
    public static QuestionOptions Of(ChatOptions? options, string judge) => options as QuestionOptions
        ?? throw new ArgumentException($"A {judge} judge answers the questions of attribution methods alone: give it to an attributor.", nameof(options));

    public override ChatOptions Clone() => new QuestionOptions(this);
}
