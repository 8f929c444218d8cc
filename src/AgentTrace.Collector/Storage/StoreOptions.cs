using AgentTrace.Store.Retaining;

namespace AgentTrace.Collector.Storage;

/// <summary>What is stored, and how.</summary>
public sealed class StoreOptions
{
    /// <summary>Which spans.</summary>
    public StoredContents Contents { get; init; } = StoredContents.AgentRuns;

    /// <summary>
    /// Whether a sender is answered only once its spans are in the store. Else they wait in memory for a moment, which a crash loses, and a full
    /// queue leaves spans out of the store instead of making senders wait.
    /// </summary>
    public bool AnswerWhenStored { get; init; }

    /// <summary>Bytes that may wait to be stored.</summary>
    public long QueueBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How long spans are gathered for one write where nobody waits for it: larger writes pack better.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How much is kept; everything where both its values are null.</summary>
    public Retention Retention { get; init; } = new(null, null);

    /// <summary>How often what is too old or too much is let go.</summary>
    public TimeSpan TrimInterval { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate(Action<bool, string, object, string> require)
    {
        require(QueueBytes > 0, nameof(StoreOptions) + "." + nameof(QueueBytes), QueueBytes, "at least 1");
        require(Linger >= TimeSpan.Zero && Linger <= TimeSpan.FromMinutes(1), nameof(StoreOptions) + "." + nameof(Linger), Linger, "0 to 1 minute");
        require(TrimInterval >= TimeSpan.FromSeconds(1) && TrimInterval <= TimeSpan.FromDays(1), nameof(StoreOptions) + "." + nameof(TrimInterval), TrimInterval, "1 second to 1 day");
        require(Retention.MaxAge is null || Retention.MaxAge >= TimeSpan.FromMinutes(1), nameof(Retention.MaxAge), Retention.MaxAge ?? default, "at least 1 minute");
        require(Retention.MaxBytes is null or >= 1024 * 1024, nameof(Retention.MaxBytes), Retention.MaxBytes ?? 0, "at least 1048576");
    }
}
