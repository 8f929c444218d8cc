using System.Buffers;
using System.Text.Json;
using AgentTrace.Attribution.Learning.Features;
using AgentTrace.Attribution.Learning.Fitting;

namespace AgentTrace.Attribution.Learning;

/// <summary>A tree in a ranker's file, on one line: <c>{"features":[3,7,0],"thresholds":[1,0.5,0],"values":[0,0.1,-0.2,0]}</c>, the features by their place in the list.</summary>
internal static class TreeText
{
    public static ReadOnlySpan<byte> Write(SmallTree tree)
    {
        TreeSplit[] splits = [tree.Root, tree.Below, tree.Above];
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("features");
            foreach (TreeSplit split in splits)
                json.WriteNumberValue(split.Feature);
            json.WriteEndArray();
            json.WriteStartArray("thresholds");
            foreach (TreeSplit split in splits)
                json.WriteNumberValue(split.Threshold);
            json.WriteEndArray();
            json.WriteStartArray("values");
            foreach (double value in tree.Values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.WrittenSpan;
    }

    public static SmallTree Read(RankerObject tree)
    {
        double[] features = tree.Numbers("features", SmallTree.Splits), thresholds = tree.Numbers("thresholds", SmallTree.Splits);
        for (int i = 0; i < SmallTree.Splits; i++)
        {
            if (features[i] < 0 || features[i] >= StepFeatures.Count || features[i] != Math.Floor(features[i]))
                throw tree.Wrong($"features[{i}]", $"is not a whole number from 0 to {StepFeatures.Count - 1}", "Train the ranker again.");
        }

        TreeSplit SplitOf(int i) => new((int)features[i], (float)thresholds[i]);
        return new SmallTree(SplitOf(0), SplitOf(1), SplitOf(2), tree.Numbers("values", SmallTree.Answers));
    }
}
