namespace AgentTrace.Collector.Forwarding;

/// <summary>Reads an endpoint's answer up to a bound: it is as hostile as any other input.</summary>
internal static class ResponseBody
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The body, cut off at 64 KiB.</summary>
    public static async ValueTask<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // In HTTP/2 an answer of no bytes is not over yet: its trailers, and with them gRPC's status, come after.
        if (response.Content.Headers.ContentLength == 0 && response.Version.Major < 2)
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
