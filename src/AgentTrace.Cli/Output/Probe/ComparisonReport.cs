using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Comparison;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows what a comparison of a dense and a sparse model found.</summary>
internal static class ComparisonReport
{
    public static string ToJson(ComparisonResult result) => JsonOutput.Write(json =>
    {
        Number(json, "edgeRatio", result.EdgeRatio);
        json.WriteNumber("denseLoss", result.DenseLoss);
        json.WriteNumber("sparseLoss", result.SparseLoss);
        json.WriteNumber("lossExcess", result.LossExcess);
        json.WriteNumber("seconds", Seconds(result));
        json.WriteNumber("cpuSeconds", result.Processor.TotalSeconds);
        json.WriteStartObject("stages");
        json.WriteNumber("denseTraining", result.DenseTraining.TotalSeconds);
        json.WriteNumber("sparseTraining", result.SparseTraining.TotalSeconds);
        json.WriteNumber("pruning", result.Pruning.TotalSeconds);
        json.WriteEndObject();
        json.WriteNumber("denseNonzeros", result.DenseModel.Nonzeros);
        json.WriteNumber("sparseNonzeros", result.SparseModel.Nonzeros);
        json.WriteStartArray("tasks");
        foreach (ComparedTask task in result.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("task", task.Task);
            Number(json, "edgeRatio", task.EdgeRatio);
            Circuit(json, "dense", task.Dense);
            Circuit(json, "sparse", task.Sparse);
            if (task.Reason is not null)
                json.WriteString("reason", task.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string ToText(ComparisonResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"task",-20} {"dense edges",12} {"sparse edges",12} {"ratio",7}   sparse circuit: held-out loss, accuracy (raw); model without it\n");
        foreach (ComparedTask task in result.Tasks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{task.Task,-20} {Edges(task.Dense),12} {Edges(task.Sparse),12} {task.EdgeRatio,7:F1}");
            if (task.Sparse is { } sparse)
                text.Append(CultureInfo.InvariantCulture, $"   {sparse.HeldOut.Loss:F3}, {sparse.HeldOut.Accuracy:F2} ({sparse.HeldOut.RawAccuracy:F2}); {sparse.WithoutCircuit.Loss:F3}");
            text.Append('\n');
            if (task.Reason is not null)
                text.Append(CultureInfo.InvariantCulture, $"  {task.Reason}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"geometric mean of the ratios: {result.EdgeRatio:F1}\n");
        text.Append(CultureInfo.InvariantCulture, $"validation loss: dense {result.DenseLoss:F4}, sparse {result.SparseLoss:F4} ({100 * result.LossExcess:+0.0;-0.0} %)\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{Seconds(result):F0} s (sparse training {result.SparseTraining.TotalSeconds:F0}, dense training {result.DenseTraining.TotalSeconds:F0}, pruning {result.Pruning.TotalSeconds:F0}); {result.Processor.TotalSeconds:F0} s of processor time");
        return text.ToString();
    }

    private static double Seconds(ComparisonResult result) => (result.DenseTraining + result.SparseTraining + result.Pruning).TotalSeconds;

    private static string Edges(Circuit? circuit) => circuit?.Edges.Count.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static void Circuit(Utf8JsonWriter json, string name, Circuit? circuit)
    {
        if (circuit is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        CircuitReport.Figures(json, circuit);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
