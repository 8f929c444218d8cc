namespace AgentTrace.Attribution.Judges.Questions;

/// <summary>What a method asks a judge.</summary>
internal enum JudgeQuestionKind
{
    /// <summary>Which agent and step of the whole run?</summary>
    WholeRun,

    /// <summary>Is there an error in this step, seeing the run up to it?</summary>
    ErrorInStep,

    /// <summary>In which half of this segment is the decisive error?</summary>
    WhichHalf,

    /// <summary>Is the decisive error at or before this step?</summary>
    AtOrBefore,

    /// <summary>Is this step the decisive error?</summary>
    IsDecisive,

    /// <summary>Name a candidate, given what earlier ones were criticised for.</summary>
    Proposal,

    /// <summary>Is there a fault in the proposed step at all?</summary>
    CheckFault,

    /// <summary>Is the proposed step the first such fault?</summary>
    CheckFirst,

    /// <summary>Was the fault never corrected later?</summary>
    CheckUncorrected,
}
