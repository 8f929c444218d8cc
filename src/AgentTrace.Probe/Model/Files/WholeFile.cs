namespace AgentTrace.Probe.Model.Files;

/// <summary>Writes a file that is there as a whole or not at all: beside its place first, then moved there.</summary>
public static class WholeFile
{
    /// <summary>Writes the file, replacing what was there.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="write">Writes it; whatever this throws, nothing is left behind and the old file stays.</param>
    /// <exception cref="IOException">The place cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string partial = path + ".partial";
        try
        {
            using (FileStream stream = File.Create(partial))
                write(stream);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
