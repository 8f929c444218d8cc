namespace AgentTrace.Conventions;

/// <summary>Attribute names for what the GenAI conventions do not name yet: order, outcome and handoffs of agent turns.</summary>
public static class AgentTraceAttributes
{
    /// <summary>0-based place of a turn in its run (integer).</summary>
    public const string TurnIndex = "agenttrace.turn.index";

    /// <summary>The speaker as a log wrote it, where it says more than the agent's name, for example <c>Manager (-> Researcher)</c>.</summary>
    public const string TurnSpeaker = "agenttrace.turn.speaker";

    /// <summary>How a turn ended where neither an answer nor an error says it: <see cref="AbandonedOutcome"/>.</summary>
    public const string TurnOutcome = "agenttrace.turn.outcome";

    /// <summary>How a run ended: <see cref="SuccessOutcome"/> or <see cref="FailureOutcome"/>; on the run's root span.</summary>
    public const string RunOutcome = "agenttrace.run.outcome";

    /// <summary>Why the run is said to have ended so (text).</summary>
    public const string RunOutcomeReason = "agenttrace.run.outcome.reason";

    /// <summary>Content, opt-in: the right answer to the run's task, where it is known ("with ground truth").</summary>
    public const string RunExpectedAnswer = "agenttrace.run.expected_answer";

    /// <summary>The agent that handed the conversation to this turn's agent.</summary>
    public const string HandoffFrom = "agenttrace.handoff.from";

    /// <summary>The agent that this turn hands the conversation to.</summary>
    public const string HandoffTo = "agenttrace.handoff.to";

    /// <summary>On a span link: what the linked span is to this one, for example <see cref="ConsumedLink"/>.</summary>
    public const string LinkType = "agenttrace.link.type";

    /// <summary>How many characters content capture cut off this span's content in all (integer).</summary>
    public const string ContentTruncated = "agenttrace.content.truncated_chars";

    /// <summary>The run reached its goal.</summary>
    public const string SuccessOutcome = "success";

    /// <summary>The run did not reach its goal.</summary>
    public const string FailureOutcome = "failure";

    /// <summary>The caller stopped reading a streamed turn before it ended.</summary>
    public const string AbandonedOutcome = "abandoned";

    /// <summary>This turn consumed what the linked turn produced.</summary>
    public const string ConsumedLink = "consumed";
}
