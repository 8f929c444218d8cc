using AgentTrace.Analyzers.Rules.Tools;
using AgentTrace.CodeFixes;
using AgentTrace.Analyzers.Tests.Testing;

namespace AgentTrace.Analyzers.Tests.Tools;

using Rule = Rule<ToolHidesFailureRule, RecordFailureFix>;

public sealed class ToolHidesFailureTests
{
    [Fact]
    public Task KernelFunction_ThatAnswersWithItsFailure_IsReportedAndRecords() => Rule.VerifyAsync(
        """
        using Microsoft.SemanticKernel;
        class Hotels
        {
            [KernelFunction]
            public string Book(string city)
            {
                try
                {
                    return Call(city);
                }
                catch (Exception exception)
                {
                    Console.Error.WriteLine(exception);
                    [|return $"Error: {exception.Message}";|]
                }
            }
            [KernelFunction]
            public async Task<string> CancelAsync(string city)
            {
                await Task.Yield();
                try { return Call(city); }
                catch
                {
                    [|return "It did not work.";|]
                }
            }
            [KernelFunction]
            public async Task<string> FindAsync(string city)
            {
                await Task.Yield();
                try
                {
                    return Call(city);
                }
                catch (System.Net.Http.HttpRequestException failure) when (failure.StatusCode is not null)
                {
                    [|return "The hotel says: " + failure.Message;|]
                }
            }
            static string Call(string city) => throw new InvalidOperationException(city);
        }
        """,
        """
        using Microsoft.SemanticKernel;
        class Hotels
        {
            [KernelFunction]
            public string Book(string city)
            {
                try
                {
                    return Call(city);
                }
                catch (Exception exception)
                {
                    Console.Error.WriteLine(exception);
                    System.Diagnostics.Activity.Current?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, exception.Message);
                    return $"Error: {exception.Message}";
                }
            }
            [KernelFunction]
            public async Task<string> CancelAsync(string city)
            {
                await Task.Yield();
                try { return Call(city); }
                catch
                {
                    System.Diagnostics.Activity.Current?.SetStatus(System.Diagnostics.ActivityStatusCode.Error);
                    return "It did not work.";
                }
            }
            [KernelFunction]
            public async Task<string> FindAsync(string city)
            {
                await Task.Yield();
                try
                {
                    return Call(city);
                }
                catch (System.Net.Http.HttpRequestException failure) when (failure.StatusCode is not null)
                {
                    System.Diagnostics.Activity.Current?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, failure.Message);
                    return "The hotel says: " + failure.Message;
                }
            }
            static string Call(string city) => throw new InvalidOperationException(city);
        }
        """);

    [Fact]
    public Task FunctionsMadeTools_ThatAnswerWithTheirFailure_AreReportedAndRecord() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using Microsoft.Extensions.AI;
        using Microsoft.SemanticKernel;
        class Hotels
        {
            static object[] Tools()
            {
                string Local(string city)
                {
                    try { return city; }
                    catch (Exception)
                    {
                        [|return "failed";|]
                    }
                }
                return [AIFunctionFactory.Create(Book), KernelFunctionFactory.CreateFromMethod(Local, "local"), AIFunctionFactory.Create((string city) =>
                {
                    try { return city; }
                    catch (Exception e)
                    {
                        [|return e.Message;|]
                    }
                })];
            }
            static string Book(string city)
            {
                try { return city; }
                catch (Exception)
                {
                    [|return "failed";|]
                }
            }
        }
        """,
        """
        using System.Diagnostics;
        using Microsoft.Extensions.AI;
        using Microsoft.SemanticKernel;
        class Hotels
        {
            static object[] Tools()
            {
                string Local(string city)
                {
                    try { return city; }
                    catch (Exception)
                    {
                        Activity.Current?.SetStatus(ActivityStatusCode.Error);
                        return "failed";
                    }
                }
                return [AIFunctionFactory.Create(Book), KernelFunctionFactory.CreateFromMethod(Local, "local"), AIFunctionFactory.Create((string city) =>
                {
                    try { return city; }
                    catch (Exception e)
                    {
                        Activity.Current?.SetStatus(ActivityStatusCode.Error, e.Message);
                        return e.Message;
                    }
                })];
            }
            static string Book(string city)
            {
                try { return city; }
                catch (Exception)
                {
                    Activity.Current?.SetStatus(ActivityStatusCode.Error);
                    return "failed";
                }
            }
        }
        """);

    [Fact]
    public Task Tools_ThatShowTheirFailureOrHaveNone_AreFine() => Rule.VerifyAsync(
        """
        using System.Diagnostics;
        using AgentTrace;
        using Microsoft.SemanticKernel;
        using OpenTelemetry.Trace;
        class Hotels
        {
            [KernelFunction]
            public string Thrown(string city)
            {
                try { return city; }
                catch (Exception e) { if (city.Length > 3) return "wait"; throw new InvalidOperationException("no", e); }
            }
            [KernelFunction]
            public string Recorded(string city, ToolCall call)
            {
                try { return city; }
                catch (FormatException e) { Activity.Current?.SetStatus(ActivityStatusCode.Error); return e.Message; }
                catch (InvalidOperationException e) { Activity.Current?.RecordException(e); return e.Message; }
                catch (ArgumentException e) { call.Fail(e); return e.Message; }
                catch (Exception e) { Failed(Activity.Current, e); return e.Message; }
            }
            [KernelFunction]
            public string? Answered(string city)
            {
                try { return city; }
                catch (System.IO.FileNotFoundException) { return "no such city"; }
                catch (OperationCanceledException e) { return e.Message; }
                catch (Exception) { return null; }
            }
            [KernelFunction]
            public int Counted(string city)
            {
                try { return city.Length; }
                catch (Exception) { return 0; }
            }
            public string NoTool(string city)
            {
                Func<string> inner = () =>
                {
                    try { return city; }
                    catch (Exception) { return "failed"; }
                };
                try { return inner(); }
                catch (Exception) { return "failed"; }
            }
            static void Failed(Activity? activity, Exception exception) { }
        }
        """);
}
