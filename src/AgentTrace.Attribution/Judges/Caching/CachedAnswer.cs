using System.Text.Json;

namespace AgentTrace.Attribution.Judges.Caching;

/// <summary>One answer on disk.</summary>
internal sealed record CachedAnswer(string Text, string? Model)
{
    private const long MaxBytes = 16 << 20;

    /// <summary>The answer; null where there is none that can be read.</summary>
    public static CachedAnswer? Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists || file.Length > MaxBytes)
                return null;
            using JsonDocument answer = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 4 });
            return answer.RootElement.GetProperty("answer").GetString() is { } text ? new CachedAnswer(text, answer.RootElement.GetProperty("model").GetString()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A damaged entry costs one more call, no more: it is asked for again and written anew.
            return null;
        }
    }

    /// <summary>Writes it so that a reader sees the whole of it or nothing.</summary>
    public static void Write(string path, CachedAnswer answer)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = new(beside, FileMode.CreateNew, FileAccess.Write))
            using (Utf8JsonWriter json = new(file))
            {
                json.WriteStartObject();
                json.WriteString("answer", answer.Text);
                json.WriteString("model", answer.Model);
                json.WriteEndObject();
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
