namespace AgentTrace.Collector.Forwarding;

/// <summary>Reads an endpoint's answer up to a bound: it is as hostile as any other input.</summary>
internal static class ResponseBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The body, cut off at 64 KiB.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
            return [];
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] first = new byte[256];
            int length = await stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (length < first.Length)
                return first[..length];
            byte[] all = new byte[MaxBytes];
            first.CopyTo(all, 0);
            length += await stream.ReadAtLeastAsync(all.AsMemory(length), MaxBytes - length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return all[..length];
        }
    }
}
