using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Caching;

/// <summary>A digest of everything an answer depends on.</summary>
internal static class CacheKey
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Of(ChatClientMetadata? model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "agenttrace-cache-1");
        Append(hash, model?.ProviderName);
        Append(hash, model?.ProviderUri?.ToString());
        Append(hash, options?.ModelId ?? model?.DefaultModelId);
        Append(hash, options?.Temperature?.ToString("R", CultureInfo.InvariantCulture));
        Append(hash, options?.MaxOutputTokens?.ToString(CultureInfo.InvariantCulture));
        foreach (ChatMessage message in messages)
        {
            Append(hash, message.Role.Value);
            Append(hash, message.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The length goes first: two texts must not run into the same digest as two others cut elsewhere.</summary>
    private static void Append(IncrementalHash hash, string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
        hash.AppendData(bytes);
    }
}
