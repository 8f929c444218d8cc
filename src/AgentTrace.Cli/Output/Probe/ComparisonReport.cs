using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Comparison;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows the circuits of a dense and a sparse model side by side.</summary>
internal static class ComparisonReport
{
    public static string ToText(ComparisonResult result, TimeSpan time)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"dense   width {result.DenseModel.Config.Width}, {result.DenseModel.Nonzeros} nonzero weights, validation loss {result.DenseLoss:F4}, trained in {result.DenseTraining.TotalSeconds:F0} s\n");
        text.Append(CultureInfo.InvariantCulture, $"sparse  width {result.SparseModel.Config.Width}, {result.SparseModel.Nonzeros} nonzero weights, validation loss {result.SparseLoss:F4} ({result.LossExcess:+0.0%;-0.0%}), trained in {result.SparseTraining.TotalSeconds:F0} s\n\n");
        text.Append("task                  dense edges  sparse edges   ratio   loss  held out (dense, sparse)   without the circuit\n");
        foreach (ComparedTask task in result.Tasks)
            text.Append(task is { Dense: { } dense, Sparse: { } sparse, EdgeRatio: { } ratio }
                ? string.Create(CultureInfo.InvariantCulture, $"{task.Task,-20}  {dense.Edges.Count,11}  {sparse.Edges.Count,12}  {ratio,5:F1}x  {dense.Score.Loss:F3} {sparse.Score.Loss:F3}  {dense.HeldOut.Loss:F3} {sparse.HeldOut.Loss:F3}   {dense.WithoutCircuit.Loss:F3} {sparse.WithoutCircuit.Loss:F3}\n")
                : $"{task.Task,-20}  {task.Reason}\n");
        text.Append(result.EdgeRatio is { } mean
            ? string.Create(CultureInfo.InvariantCulture, $"\nA circuit of the dense model has {mean:F1} times the edges of the sparse model's (geometric mean of {result.Tasks.Count(task => task.EdgeRatio is not null)} tasks).\n")
            : "\nNo task has a circuit in both models.\n");
        text.Append(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s in all, {result.Processor.TotalSeconds:F0} s of processor time; pruning {result.Pruning.TotalSeconds:F0} s");
        return text.ToString();
    }

    public static string ToJson(ComparisonResult result, TimeSpan time) => JsonOutput.Write(json =>
    {
        Number(json, "edgeRatio", result.EdgeRatio, 2);
        json.WriteNumber("denseLoss", Math.Round(result.DenseLoss, 4));
        json.WriteNumber("sparseLoss", Math.Round(result.SparseLoss, 4));
        json.WriteNumber("lossExcess", Math.Round(result.LossExcess, 4));
        json.WriteNumber("seconds", Math.Round(time.TotalSeconds, 1));
        json.WriteNumber("denseTrainingSeconds", Math.Round(result.DenseTraining.TotalSeconds, 1));
        json.WriteNumber("sparseTrainingSeconds", Math.Round(result.SparseTraining.TotalSeconds, 1));
        json.WriteNumber("pruningSeconds", Math.Round(result.Pruning.TotalSeconds, 1));
        json.WriteNumber("processorSeconds", Math.Round(result.Processor.TotalSeconds, 1));
        json.WriteStartArray("tasks");
        foreach (ComparedTask task in result.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("task", task.Task);
            Number(json, "edgeRatio", task.EdgeRatio, 2);
            Circuit(json, "dense", task.Dense);
            Circuit(json, "sparse", task.Sparse);
            json.WriteString("reason", task.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Circuit(Utf8JsonWriter json, string name, Circuit? circuit)
    {
        if (circuit is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        CircuitReport.Members(json, circuit);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value, int digits)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round(number, digits));
        else
            json.WriteNull(name);
    }
}
