using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Cross-entropy of a softmax over the vocabulary, and its gradient, for each token.</summary>
internal static unsafe class SoftmaxCrossEntropy
{
    /// <summary>Turns the logits[vocabulary, tokens] into their gradient, in place, and returns the sum of the tokens' losses in nats.</summary>
    /// <param name="logits">In: logits. Out: (softmax - one-hot) * <paramref name="scale"/>.</param>
    /// <param name="stride">Stride between the rows of <paramref name="logits"/>.</param>
    /// <param name="vocabulary">Number of rows.</param>
    /// <param name="targets">The right next token of each position; a negative one has no loss.</param>
    /// <param name="scale">What the gradient is multiplied by: one over the number of tokens of the whole batch.</param>
    public static double Gradient(float* logits, int stride, int vocabulary, ReadOnlySpan<int> targets, float scale)
    {
        int w = Vector<float>.Count, tokens = targets.Length;
        double loss = 0;
        float* total = stackalloc float[w];
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> most = new(float.NegativeInfinity), sum = default;
            for (int v = 0; v < vocabulary; v++)
                most = Vector.MaxNative(most, Vector.Load(logits + ((long)v * stride) + t));
            int some = Math.Min(w, tokens - t);
            for (int i = 0; i < some; i++)
                if (targets[t + i] >= 0)
                    loss -= logits[((long)targets[t + i] * stride) + t + i] - most[i];
            for (int v = 0; v < vocabulary; v++)
            {
                float* at = logits + ((long)v * stride) + t;
                Vector<float> e = Exponential.Of(Vector.Load(at) - most);
                sum += e;
                e.Store(at);
            }

            sum.Store(total);
            Vector<float> share = new Vector<float>(scale) / sum;
            for (int v = 0; v < vocabulary; v++)
            {
                float* at = logits + ((long)v * stride) + t;
                (Vector.Load(at) * share).Store(at);
            }

            for (int i = 0; i < w; i++)
            {
                if (i < some && targets[t + i] >= 0)
                {
                    loss += Math.Log(total[i]);
                    logits[((long)targets[t + i] * stride) + t + i] -= scale;
                    continue;
                }

                for (int v = 0; v < vocabulary; v++)
                    logits[((long)v * stride) + t + i] = 0;
            }
        }

        return loss;
    }
}
