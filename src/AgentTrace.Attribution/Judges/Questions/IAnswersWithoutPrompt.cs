namespace AgentTrace.Attribution.Judges.Questions;

/// <summary>A judge that goes by the question beside the prompt: no prompt needs to be written for it.</summary>
internal interface IAnswersWithoutPrompt;
