using System.Buffers;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>The words that signals look for: general English and the usual forms of errors, nothing of any one framework or task.</summary>
internal static class Phrases
{
    /// <summary>Data that is said to be made up.</summary>
    public static readonly SearchValues<string> MadeUp = Of(
        "hypothetical", "placeholder", "simulated", "simulate the", "sample data", "dummy", "mock data", "made-up", "fictional", "let's say",
        "for the sake of", "for demonstration", "example data", "your_api_key", "as an example value");

    /// <summary>Facts that are assumed or remembered rather than looked up.</summary>
    public static readonly SearchValues<string> Assumed = Of(
        "assum", "presumabl", "probabl", "most likely", "is likely", "'s likely", "i believe", "i think", "i recall", "far as i ", "from memory",
        "i remember", "be around", "guess", "typically cost", "usually cost", "not verified", "'d estimate", "would estimate", "roughly speaking");

    /// <summary>An agent says that something did not work.</summary>
    public static readonly SearchValues<string> Acknowledged = Of(
        "error", "fail", "could not", "couldn't", "cannot", "can't", "unable", "not able", "unavailable", "not available", "timed out", "timeout",
        "did not work", "didn't work", "not work", "sorry", "retry", "try again", "trying again", "exception", "problem", "no result", "not found",
        "not return", "no answer from", "down right now", "is down");

    /// <summary>A result that is an error by its looks. Searched at the start of a tool's answer.</summary>
    public static readonly SearchValues<string> ErrorResult = Of(
        "error:", "error ", "\"error\"", "exception", "traceback", "timed out", "timeout", "permission denied", "access denied", "unauthorized",
        "forbidden", "not found", "service unavailable", "internal server error", "rate limit", "no such file", "connection refused");

    /// <summary>The usual forms of errors in what a program prints.</summary>
    public static readonly SearchValues<string> ErrorOutput = Of(
        "traceback (most recent", "error:", "exception:", "unhandled exception", "[errno", "command not found", "no such file", "permission denied",
        "segmentation fault", "syntax error", "fatal:");

    /// <summary>A result with nothing in it.</summary>
    public static readonly SearchValues<string> NothingFound = Of(
        "no results", "no result", "not found", "nothing found", "no data", "no match", "none found", "could not find", "couldn't find", "is empty");

    /// <summary>An answer is given as the last word.</summary>
    public static readonly SearchValues<string> Concluding = Of(
        "final answer", "the answer is", "in conclusion", "to conclude", "we can conclude", "task is complete", "task is now complete", "completed the task",
        "successfully", "all done", "is booked", "confirmed");

    /// <summary>Something is said to have gone well.</summary>
    public static readonly SearchValues<string> ClaimsSuccess = Of(
        "successfully", "executed correctly", "ran correctly", "worked as expected", "works as expected", "as expected", "without any error", "without errors",
        "no errors", "completed without", "has been confirmed", "is confirmed", "has been verified", "all done");

    private static SearchValues<string> Of(params ReadOnlySpan<string> phrases) => SearchValues.Create(phrases, StringComparison.OrdinalIgnoreCase);
}
