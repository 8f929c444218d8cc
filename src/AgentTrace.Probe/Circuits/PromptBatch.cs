using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>Prompts side by side, padded to one length, with the place and the two candidates of each answer.</summary>
internal sealed class PromptBatch
{
    private PromptBatch(int documents, int length)
    {
        Length = length;
        Tokens = new int[documents * length];
        (Last, First, Second, FirstIsRight) = (new int[documents], new int[documents], new int[documents], new bool[documents]);
    }

    /// <summary>Tokens of each prompt, with padding.</summary>
    public int Length { get; }

    /// <summary>[prompts, length].</summary>
    public int[] Tokens { get; }

    /// <summary>Place of each prompt's last token within the prompt.</summary>
    public int[] Last { get; }

    public int[] First { get; }

    public int[] Second { get; }

    public bool[] FirstIsRight { get; }

    public int Count => Last.Length;

    /// <summary>All prompts of a set in one batch.</summary>
    public static PromptBatch Of(IReadOnlyList<TaskPrompt> prompts, TransformerConfig config)
    {
        var batch = new PromptBatch(prompts.Count, PaddedLength(prompts, config));
        batch.Fill(prompts);
        return batch;
    }

    /// <summary>Room for <paramref name="count"/> prompts of a set, to be filled again and again.</summary>
    public static PromptBatch Room(IReadOnlyList<TaskPrompt> prompts, int count, TransformerConfig config) => new(count, PaddedLength(prompts, config));

    /// <summary>Puts prompts in; as many as there is room for.</summary>
    public void Fill(IReadOnlyList<TaskPrompt> prompts)
    {
        for (int p = 0; p < Count; p++)
        {
            TaskPrompt prompt = prompts[p];
            Span<int> row = Tokens.AsSpan(p * Length, Length);
            row.Clear();
            for (int t = 0; t < prompt.Tokens.Count; t++)
                row[t] = prompt.Tokens[t];
            (Last[p], First[p], Second[p], FirstIsRight[p]) = (prompt.Tokens.Count - 1, prompt.First, prompt.Second, prompt.FirstIsRight);
        }
    }

    private static int PaddedLength(IReadOnlyList<TaskPrompt> prompts, TransformerConfig config)
    {
        int longest = prompts.Max(prompt => prompt.Tokens.Count);
        int padded = (longest + Activations.LengthStep - 1) / Activations.LengthStep * Activations.LengthStep;
        return padded <= config.BlockSize
            ? padded
            : throw new ArgumentException($"A prompt has {longest} tokens, which with padding to a multiple of {Activations.LengthStep} is more than the model's block_size ({config.BlockSize}). Shorten it.", nameof(prompts));
    }
}
