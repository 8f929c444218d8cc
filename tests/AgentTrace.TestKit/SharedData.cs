namespace AgentTrace.TestKit;

/// <summary>Finds the development data that stands beside the checkout on some machines; tests that need it skip where it is absent.</summary>
public static class SharedData
{
    /// <summary>The reason to give when a test skips because the data is absent.</summary>
    public const string Absent = "needs ../shared/data beside the checkout (development logs of Who&When and recorded answers)";

    /// <summary>The checkout's root folder.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The folder below <c>../shared/data</c>, or null when it is absent.</summary>
    public static string? Folder(params string[] path)
    {
        string folder = Path.GetFullPath(Path.Combine([RepositoryRoot, "..", "shared", "data", .. path]));
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>Every development log of Who&amp;When, sorted by path; empty when the data is absent.</summary>
    public static IReadOnlyList<string> WhoAndWhenLogs() =>
        Folder("who-and-when") is { } folder
            ? [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AgentTrace.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No AgentTrace.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
