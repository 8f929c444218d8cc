using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Events;

/// <summary>Writes down the events of one run, in the order of one turn: who, calls, words, error, handoff.</summary>
internal sealed class RunTeller(RunView run)
{
    private const int MostCalls = 4;

    private readonly List<RunEvent> _events = [];
    private readonly Dictionary<string, int> _agents = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _tools = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Agent, string Tool, string Arguments), int> _calls = [];
    private readonly HashSet<int> _repeating = Repeating(run);

    public IReadOnlyList<RunEvent> Events => _events;

    public void Tell()
    {
        Add(-1, RunEventWords.Start);
        foreach (StepView step in run.Steps)
        {
            Add(step.Index, step.IsHuman ? RunEventWords.Human : Agent(step.Agent));
            int before = _events.Count;
            TellCalls(step);
            TellWords(step, saidNothingElse: _events.Count == before);
            if (step.Step.Error is not null)
                Add(step.Index, RunEventWords.Error);
            if (HandedTo(step.Step) is not { } target)
                continue;
            Add(step.Index, RunEventWords.HandsTo);
            Add(step.Index, Agent(target));
        }

        Add(run.Steps.Length - 1, RunEventWords.End);
    }

    private void TellCalls(StepView step)
    {
        int told = 0;
        foreach (ToolCall call in step.Step.ToolCalls)
        {
            if (HandoffTools.TargetOf(call) is not null)
                continue;
            bool failed = ToolFailure.WhatFailed(call) is not null;
            if (told < MostCalls)
                TellCall(step, call, failed);
            else if (told == MostCalls)
                Add(step.Index, RunEventWords.MoreCalls);
            told++;
            if (failed)
                _failing.Add(call.Name);
            else
                _failing.Remove(call.Name);
        }
    }

    private void TellCall(StepView step, ToolCall call, bool failed)
    {
        if (_failing.Contains(call.Name))
            Add(step.Index, RunEventWords.Retry);
        else if (call.Arguments is { } arguments && !_calls.TryAdd((step.AgentNumber, call.Name, arguments), step.Index)
            && _calls[(step.AgentNumber, call.Name, arguments)] != step.Index)
            Add(step.Index, RunEventWords.Again);
        Add(step.Index, RunEventWords.Tool(Number(_tools, call.Name)));
        Add(step.Index, failed ? RunEventWords.Failed : call.Result is { } result && EmptyResultSignal.IsEmpty(result) ? RunEventWords.Nothing : RunEventWords.Ok);
    }

    private void TellWords(StepView step, bool saidNothingElse)
    {
        if (step.IsExecutionReport)
        {
            Add(step.Index, step.ExecutionFailed ? RunEventWords.Crashed : EmptyResultSignal.IsEmptyReport(step) ? RunEventWords.Nothing : RunEventWords.Ran);
            return;
        }

        int before = _events.Count;
        if (step.HasCode)
            Add(step.Index, RunEventWords.Code);
        if (_repeating.Contains(step.Index))
            Add(step.Index, RunEventWords.Repeats);
        if (step.Acknowledges)
            Add(step.Index, RunEventWords.Admits);
        if (step.Hedges > 0)
            Add(step.Index, RunEventWords.Guesses);
        if (step.Concludes)
            Add(step.Index, RunEventWords.Claims);
        if (_events.Count > before || !run.HasContent)
            return;
        if (step.Text.Length > 0)
            Add(step.Index, step.IsBare ? RunEventWords.Brief : RunEventWords.Says);
        else if (saidNothingElse)
            Add(step.Index, RunEventWords.Silent);
    }

    private static string? HandedTo(Step step)
    {
        if (step.HandoffTo is { } target)
            return target;
        foreach (ToolCall call in step.ToolCalls)
        {
            if (HandoffTools.TargetOf(call) is { } named)
                return named;
        }

        return null;
    }

    private static HashSet<int> Repeating(RunView run)
    {
        var hits = new List<SignalHit>();
        new RepeatedOutputSignal().Find(run, hits);
        return [.. hits.Select(hit => hit.Step)];
    }

    private string Agent(string name) => RunEventWords.Agent(Number(_agents, name));

    private static int Number(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number))
            numbers[name] = number = numbers.Count;
        return number;
    }

    private void Add(int step, string word) => _events.Add(new RunEvent(step, word));
}
