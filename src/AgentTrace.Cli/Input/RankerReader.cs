using AgentTrace.Attribution.Learning;

namespace AgentTrace.Cli.Input;

/// <summary>Reads a ranker's file.</summary>
internal static class RankerReader
{
    /// <exception cref="CliException">The file cannot be read or is no ranker.</exception>
    public static StepRanker Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > RankerFile.MaxBytes)
                throw new CliException(ExitCodes.BadCall, $"--ranker {path}: {file.Length} bytes, more than the {RankerFile.MaxBytes} a ranker may have");
            return RankerFile.Read(path, File.ReadAllBytes(path));
        }
        catch (RankerFormatException e)
        {
            throw new CliException(ExitCodes.BadCall, $"--ranker {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadCall, $"--ranker {path}: cannot be read ({e.Message})", e);
        }
    }
}
