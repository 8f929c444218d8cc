using System.IO.Hashing;

namespace AgentTrace.Store.Spans;

/// <summary>
/// A Bloom filter over what occurs in a block: a search unpacks only blocks that may hold what it looks for. About one block in a thousand is
/// unpacked in vain; none is missed.
/// </summary>
public static class BlockFilter
{
    /// <summary>Values longer than this (UTF-8 bytes) are in no filter: nobody searches for a whole prompt.</summary>
    public const int LongestValue = 256;

    // To unpack a block in vain costs a hundred times what it costs to look at its filter: 2 bytes a span buy that off.
    private const int BitsPerToken = 16, Probes = 7;

    /// <summary>The token of an attribute that has this value, as text; or of a name, under a key of its own.</summary>
    public static ulong Token(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => XxHash3.HashToUInt64(value, (long)XxHash3.HashToUInt64(key));

    /// <summary>The token of an attribute that is there, whatever its value.</summary>
    public static ulong Token(ReadOnlySpan<byte> key) => XxHash3.HashToUInt64(key, seed: 1);

    /// <summary>Builds a filter.</summary>
    public static byte[] Build(IReadOnlyCollection<ulong> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        byte[] filter = new byte[Math.Max(8, (tokens.Count * BitsPerToken + 7) / 8)];
        uint bits = (uint)filter.Length * 8;
        foreach (ulong token in tokens)
            for (uint probe = 0; probe < Probes; probe++)
            {
                uint bit = Place(token, probe, bits);
                filter[bit >> 3] |= (byte)(1 << (int)(bit & 7));
            }

        return filter;
    }

    /// <summary>False when the token was surely not in what the filter was built from.</summary>
    public static bool MayContain(ReadOnlySpan<byte> filter, ulong token)
    {
        uint bits = (uint)filter.Length * 8;
        for (uint probe = 0; probe < Probes; probe++)
        {
            uint bit = Place(token, probe, bits);
            if ((filter[(int)(bit >> 3)] & (1 << (int)(bit & 7))) == 0)
                return false;
        }

        return true;
    }

    /// <summary>What a token's probes multiply the number of bits with, to find their bit in the upper half: for engines that look where the filters are.</summary>
    internal static IEnumerable<uint> ProbesOf(ulong token) => Enumerable.Range(0, Probes).Select(probe => Hash(token, (uint)probe));

    private static uint Place(ulong token, uint probe, uint bits) => (uint)(((ulong)Hash(token, probe) * bits) >> 32);

    /// <summary>Two halves of one hash stand for any number of hashes (Kirsch and Mitzenmacher, 2006).</summary>
    private static uint Hash(ulong token, uint probe) => (uint)token + (probe * ((uint)(token >> 32) | 1));
}
