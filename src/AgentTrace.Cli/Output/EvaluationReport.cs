using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Attribution.Evaluation.Figures;
using AgentTrace.Cli.Commands;

namespace AgentTrace.Cli.Output;

/// <summary>Writes the rows of an evaluation.</summary>
internal static class EvaluationReport
{
    private static readonly string[] Columns =
        ["data", "method", "learned from", "agent %", "step %", "within 1", "within 5", "top 3", "reference", "calibration error", "surest half", "calls", "tokens"];

    public static string Write(IReadOnlyList<EvaluatedRow> rows, EvaluationFormat format) => format switch
    {
        EvaluationFormat.Json => ToJson(rows),
        EvaluationFormat.Markdown => ToMarkdown(rows),
        _ => ToTable(rows),
    };

    /// <summary>Without times, which no two runs share: the same data give the same text.</summary>
    private static string ToMarkdown(IReadOnlyList<EvaluatedRow> rows)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", Columns).Append(" |\n|").Append(string.Concat(Columns.Select(_ => "---|"))).Append('\n');
        foreach (EvaluatedRow row in rows)
            text.Append("| ").AppendJoin(" | ", Cells(row)).Append(" |\n");
        return text.ToString().TrimEnd();
    }

    private static string ToTable(IReadOnlyList<EvaluatedRow> rows)
    {
        string[][] lines = [[.. Columns, "ms"], .. rows.Select(row => (string[])[.. Cells(row), row.IsGuess ? "" : Number(1000 * row.Result.Seconds, "0.0")])];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string[] Cells(EvaluatedRow row)
    {
        MethodResult result = row.Result;
        string method = row.IsGuess ? $"guess: {result.Method}" : row.Judge is null ? result.Method : $"{result.Method}, {TerminalText.Line(row.Judge)}";
        return
        [
            $"{TerminalText.Line(row.Data)} ({result.Runs})", method, TerminalText.Line(row.Training ?? ""), Percent(result.Agent), Percent(result.Step),
            result.Within.Count > 0 ? Percent(result.Within[0]) : "", result.Within.Count > 0 ? Percent(result.Within[^1]) : "", Percent(result.TopThree),
            result.ReferenceAgent is null ? "" : $"{Percent(result.ReferenceAgent)}/{Percent(result.ReferenceStep)}",
            result.Calibration is { } calibration ? Number(calibration.ExpectedError, "0.000") : "", Percent(result.Calibration?.SurestHalf),
            row.IsGuess ? "" : Number(result.JudgeCalls, "0.0"), row.IsGuess ? "" : Number(result.Tokens, "0"),
        ];
    }

    private static string ToJson(IReadOnlyList<EvaluatedRow> rows) => JsonOutput.Write(json =>
    {
        json.WriteStartArray("results");
        foreach (EvaluatedRow row in rows)
        {
            MethodResult result = row.Result;
            json.WriteStartObject();
            json.WriteString("data", row.Data);
            json.WriteString("method", result.Method);
            json.WriteBoolean("guess", row.IsGuess);
            json.WriteString("judge", row.Judge);
            json.WriteString("trainedOn", row.Training);
            json.WriteNumber("runs", result.Runs);
            Write(json, "agent", result.Agent);
            Write(json, "step", result.Step);
            for (int off = 1; off <= result.Within.Count; off++)
                json.WriteNumber(string.Create(CultureInfo.InvariantCulture, $"within{off}"), Rounded(result.Within[off - 1]));
            WriteOptional(json, "top3", result.TopThree);
            WriteOptional(json, "referenceAgentAccuracy", result.ReferenceAgent);
            WriteOptional(json, "referenceStepAccuracy", result.ReferenceStep);
            WriteOptional(json, "expectedCalibrationError", result.Calibration?.ExpectedError);
            WriteOptional(json, "calibrationBins", result.Calibration?.Bins);
            WriteOptional(json, "surestHalfStepAccuracy", result.Calibration?.SurestHalf);
            json.WriteNumber("judgeCallsPerRun", Rounded(result.JudgeCalls));
            json.WriteNumber("tokensPerRun", Rounded(result.Tokens));
            if (result.Money is { } money)
                json.WriteNumber("costPerRun", money);
            json.WriteNumber("secondsPerRun", result.Seconds);
            json.WriteNumber("abstained", Rounded(result.Abstained));
            json.WriteNumber("unanswered", Rounded(result.Unanswered));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, string what, Estimate estimate)
    {
        json.WriteNumber($"{what}Accuracy", Rounded(estimate.Value));
        json.WriteStartArray($"{what}Interval");
        json.WriteNumberValue(Rounded(estimate.Low));
        json.WriteNumberValue(Rounded(estimate.High));
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Rounded(number));
    }

    private static double Rounded(double value) => Math.Round(value, 4);

    private static string Percent(Estimate estimate) => $"{Percent(estimate.Value)} ({Number(100 * estimate.Low, "0")}-{Number(100 * estimate.High, "0")})";

    private static string Percent(double? fraction) => fraction is { } value ? Number(100 * value, "0.0") : "";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
