namespace AgentTrace.Content;

/// <summary>The options that hold now, for the whole process: unchanging copies, so that a span never sees half a change.</summary>
internal sealed class ContentSettings
{
    private static readonly ContentSettings s_none = new(new AgentTraceOptions());
    private static readonly object s_gate = new();
    private static readonly List<ContentSettings> s_installed = [];
    private static volatile ContentSettings s_current = s_none;

    private ContentSettings(AgentTraceOptions options)
    {
        Capture = options.CaptureContent;
        MaxCharacters = options.MaxContentCharacters;
        Redactor = options.Redactor;
    }

    public static ContentSettings Current => s_current;

    public bool Capture { get; }

    public int MaxCharacters { get; }

    public IContentRedactor Redactor { get; }

    /// <summary>Makes the options hold until the result is disposed; the last installed wins.</summary>
    public static IDisposable Install(AgentTraceOptions options)
    {
        var settings = new ContentSettings(options);
        lock (s_gate)
        {
            s_installed.Add(settings);
            s_current = settings;
        }

        return new Installation(settings);
    }

    private sealed class Installation(ContentSettings settings) : IDisposable
    {
        public void Dispose()
        {
            lock (s_gate)
            {
                s_installed.Remove(settings);
                s_current = s_installed.Count > 0 ? s_installed[^1] : s_none;
            }
        }
    }
}
