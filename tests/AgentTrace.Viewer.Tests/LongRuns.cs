using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Viewer.Tests;

/// <summary>Runs of many steps.</summary>
internal static class LongRuns
{
    private static readonly string[] Agents = ["Planner", "Researcher", "Coder", "Reviewer", "Writer"];

    /// <summary>A failed run in which the tool of one step fails and its agent goes on as if it had not.</summary>
    public static TestTrace Failed(int steps, int culprit, int wordsPerStep = 80, byte id = 9)
    {
        var trace = new TestTrace(id);
        Span run = trace.AddRun("failure");
        for (int step = 0; step < steps; step++)
        {
            string agent = Agents[step % Agents.Length];
            string words = string.Join(' ', Enumerable.Range(0, wordsPerStep).Select(word => $"word{(step * 31 + word * 7) % 997}"));
            Span turn = trace.AddTurn(run, agent, step, step == culprit ? "The report is saved for you." : $"Step {step}: {words}");
            if (step != culprit)
                continue;
            Span tool = trace.Add("execute_tool save_report", turn, TestTrace.Text("gen_ai.operation.name", "execute_tool"), TestTrace.Text("gen_ai.tool.name", "save_report"), TestTrace.Text("error.type", "timeout"));
            tool.Status = new Status { Code = 2, Message = "503 from the archive" };
        }

        return trace;
    }
}
