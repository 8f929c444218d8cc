using AgentTrace.Probe.Circuits.Compact;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>Puts a task's prompts to a whole model or to a circuit: calibrated on the training prompts, scored on others.</summary>
internal sealed class TaskExaminer(Transformer model, TaskSet train, TaskSet test)
{
    private const int ChunkPrompts = 64;

    private readonly float[] _trainDifferences = new float[train.Prompts.Count];
    private readonly float[] _testDifferences = new float[test.Prompts.Count];
    private readonly bool[] _trainAnswers = [.. train.Prompts.Select(prompt => prompt.FirstIsRight)];
    private readonly bool[] _testAnswers = [.. test.Prompts.Select(prompt => prompt.FirstIsRight)];
    private readonly int[][] _trainTokens = [.. train.Prompts.Select(prompt => prompt.Tokens.ToArray())];
    private readonly int[][] _testTokens = [.. test.Prompts.Select(prompt => prompt.Tokens.ToArray())];

    /// <summary>A circuit, every other node ablated.</summary>
    public (CircuitScore Score, Calibration Calibration) Circuit(NodeSet nodes)
    {
        var compact = new CompactCircuit(model, nodes);
        Read(compact, train, _trainTokens, _trainDifferences);
        Read(compact, test, _testTokens, _testDifferences);
        return Score();
    }

    /// <summary>The model with the masks' nodes ablated; the whole model without masks.</summary>
    public CircuitScore Model(NodeMasks? masks)
    {
        Read(train, masks, _trainDifferences);
        Read(test, masks, _testDifferences);
        return Score().Score;
    }

    private (CircuitScore Score, Calibration Calibration) Score()
    {
        Calibration calibration = Calibration.Fit(_trainDifferences, _trainAnswers);
        int right = 0, raw = 0;
        for (int i = 0; i < _testDifferences.Length; i++)
        {
            right += ((calibration.Scale * _testDifferences[i]) + calibration.Bias > 0) == _testAnswers[i] ? 1 : 0;
            raw += (_testDifferences[i] > 0) == _testAnswers[i] ? 1 : 0;
        }

        double count = _testDifferences.Length;
        return (new CircuitScore(calibration.Loss(_testDifferences, _testAnswers), right / count, raw / count), calibration);
    }

    private static void Read(CompactCircuit circuit, TaskSet set, int[][] tokens, float[] differences)
    {
        for (int p = 0; p < tokens.Length; p++)
            differences[p] = circuit.Difference(tokens[p], set.Prompts[p].First, set.Prompts[p].Second);
    }

    private void Read(TaskSet set, NodeMasks? masks, float[] differences)
    {
        for (int start = 0; start < differences.Length; start += ChunkPrompts)
        {
            TaskPrompt[] some = [.. set.Prompts.Skip(start).Take(ChunkPrompts)];
            PromptBatch batch = PromptBatch.Of(some, model.Config);
            var activations = new Activations(model, batch.Count, batch.Length);
            ForwardPass.Run(model, batch.Tokens, activations, masks);
            LogitDifference.Read(model, batch, activations, differences.AsSpan(start, some.Length));
        }
    }
}
