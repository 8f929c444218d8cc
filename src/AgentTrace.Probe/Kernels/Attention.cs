using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Causal attention of one head over one document, with an optional sink: an extra key and value of zeros that every token sees.</summary>
/// <remarks>
/// Scores are kept [keys, queries], so that the softmax over keys runs down columns and works on whole vectors of queries. The sink takes part
/// in the softmax with a learned logit and adds nothing to the output: a head that finds nothing to attend to says nothing.
/// </remarks>
internal static unsafe class Attention
{
    /// <summary>Fills the probabilities[keys, queries] and the output O[head size, tokens].</summary>
    /// <param name="q">Q[head size, tokens] of this head and document; likewise <paramref name="k"/> and <paramref name="v"/>.</param>
    /// <param name="k">K.</param>
    /// <param name="v">V.</param>
    /// <param name="stride">Stride of Q, K and V.</param>
    /// <param name="sink">The sink's logit; null without one.</param>
    /// <param name="p">Probabilities.</param>
    /// <param name="pStride">Their stride.</param>
    /// <param name="o">Output.</param>
    /// <param name="oStride">Its stride.</param>
    /// <param name="size">Head size.</param>
    /// <param name="tokens">Tokens of the document.</param>
    public static void Forward(float* q, float* k, float* v, int stride, float* sink, float* p, int pStride, float* o, int oStride, int size, int tokens)
    {
        MatMul.Multiply(k, 1, stride, q, stride, 1, p, pStride, tokens, tokens, size, accumulate: false);
        Softmax(p, pStride, sink, 1 / MathF.Sqrt(size), tokens);
        MatMul.Multiply(v, stride, 1, p, pStride, 1, o, oStride, size, tokens, tokens, accumulate: false);
    }

    /// <summary>Writes dQ, dK and dV; adds to <paramref name="dSink"/> unless it is null.</summary>
    /// <param name="q">Q.</param>
    /// <param name="k">K.</param>
    /// <param name="v">V.</param>
    /// <param name="stride">Stride of Q, K and V.</param>
    /// <param name="sink">The sink's logit; null without one.</param>
    /// <param name="dSink">Its gradient; null where it is not wanted.</param>
    /// <param name="p">Probabilities of the forward pass.</param>
    /// <param name="pStride">Their stride, and that of <paramref name="scratch"/>.</param>
    /// <param name="dO">Gradient of the output.</param>
    /// <param name="dOStride">Its stride.</param>
    /// <param name="dQ">Gradient of Q; likewise <paramref name="dK"/> and <paramref name="dV"/>.</param>
    /// <param name="dK">Gradient of K.</param>
    /// <param name="dV">Gradient of V.</param>
    /// <param name="dStride">Stride of the gradients.</param>
    /// <param name="scratch">Room for as many rows as tokens.</param>
    /// <param name="size">Head size.</param>
    /// <param name="tokens">Tokens of the document.</param>
    public static void Backward(
        float* q, float* k, float* v, int stride, float* sink, float* dSink, float* p, int pStride, float* dO, int dOStride,
        float* dQ, float* dK, float* dV, int dStride, float* scratch, int size, int tokens)
    {
        float* dP = scratch;
        ProductOfRows.Multiply(dO, dOStride, p, pStride, dV, dStride, size, tokens, tokens);
        MatMul.Multiply(v, 1, stride, dO, dOStride, 1, dP, pStride, tokens, tokens, size, accumulate: false);
        SoftmaxGradient(p, dP, pStride, sink is null ? null : dSink, 1 / MathF.Sqrt(size), tokens);
        MatMul.Multiply(k, stride, 1, dP, pStride, 1, dQ, dStride, size, tokens, tokens, accumulate: false);
        ProductOfRows.Multiply(q, stride, dP, pStride, dK, dStride, size, tokens, tokens);
    }

    private static void Softmax(float* p, int stride, float* sink, float scale, int tokens)
    {
        int w = Vector<float>.Count;
        Vector<float> lanes = Vector.CreateSequence(0f, 1f), factor = new(scale);
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> query = lanes + new Vector<float>(t), most = new(sink is null ? float.NegativeInfinity : *sink);
            int last = Math.Min(tokens - 1, t + w - 1);
            for (int s = 0; s <= last; s++)
            {
                float* at = p + ((long)s * stride) + t;
                Vector<float> score = Vector.Load(at) * factor;
                if (s > t)
                    score = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(query, new Vector<float>(s)), score, new Vector<float>(float.NegativeInfinity));
                score.Store(at);
                most = Vector.MaxNative(most, score);
            }

            Vector<float> sum = sink is null ? default : Exponential.Of(new Vector<float>(*sink) - most);
            for (int s = 0; s <= last; s++)
            {
                float* at = p + ((long)s * stride) + t;
                Vector<float> e = Exponential.Of(Vector.Load(at) - most);
                sum += e;
                e.Store(at);
            }

            Vector<float> share = Vector<float>.One / sum;
            for (int s = 0; s <= last; s++)
            {
                float* at = p + ((long)s * stride) + t;
                (Vector.Load(at) * share).Store(at);
            }

            for (int s = last + 1; s < tokens; s++)
                Vector<float>.Zero.Store(p + ((long)s * stride) + t);
        }
    }

    // dScore = p (dP - sum(p dP)) scale; the sink's own dP is zero, since its value is.
    private static void SoftmaxGradient(float* p, float* dP, int stride, float* dSink, float scale, int tokens)
    {
        int w = Vector<float>.Count;
        Vector<float> factor = new(scale);
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> dot = default, seen = default;
            for (int s = 0; s < tokens; s++)
            {
                Vector<float> share = Vector.Load(p + ((long)s * stride) + t);
                dot = Vector.FusedMultiplyAdd(share, Vector.Load(dP + ((long)s * stride) + t), dot);
                seen += share;
            }

            if (dSink is not null)
            {
                Vector<float> pull = (Vector<float>.One - seen) * dot;
                for (int i = 0; i < Math.Min(w, tokens - t); i++)
                    *dSink -= pull[i];
            }

            for (int s = 0; s < tokens; s++)
            {
                float* at = dP + ((long)s * stride) + t;
                (Vector.Load(p + ((long)s * stride) + t) * (Vector.Load(at) - dot) * factor).Store(at);
            }
        }
    }
}
