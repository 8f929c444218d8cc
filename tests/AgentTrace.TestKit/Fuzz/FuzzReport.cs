using System.Globalization;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>How a run of mutated requests ended.</summary>
public sealed class FuzzReport
{
    private readonly SortedDictionary<string, long> _cases = new(StringComparer.Ordinal);

    public long Requests { get; private set; }

    /// <summary>The first defects, each with what makes the request again.</summary>
    public List<string> Wrong { get; } = [];

    public TimeSpan Slowest { get; private set; }

    /// <summary>Bytes of live objects after the first tenth and at the end, collected.</summary>
    public (long Early, long Late) Heap { get; set; }

    public long Count(string kind) => _cases.GetValueOrDefault(kind);

    public void Add(FuzzRequest request, string verdict, TimeSpan took)
    {
        const int Shown = 20;
        Requests++;
        Slowest = took > Slowest ? took : Slowest;
        if (verdict.StartsWith("WRONG", StringComparison.Ordinal))
        {
            if (Wrong.Count < Shown)
                Wrong.Add($"request {request.Number}: {verdict}; {(request.IsJson ? System.Text.Encoding.UTF8.GetString(request.Body) : Convert.ToHexString(request.Body))}");
            verdict = "WRONG";
        }

        _cases[verdict] = _cases.GetValueOrDefault(verdict) + 1;
    }

    /// <summary>The report as a table of Markdown.</summary>
    public string ToTable()
    {
        IEnumerable<string> rows = _cases.Select(c => string.Create(CultureInfo.InvariantCulture, $"| {c.Key} | {c.Value} |"));
        return string.Join('\n', ["| case | requests |", "|---|---|", .. rows,
            string.Create(CultureInfo.InvariantCulture, $"| all | {Requests} |"),
            string.Create(CultureInfo.InvariantCulture, $"| slowest request | {Slowest.TotalMilliseconds:F1} ms |"),
            string.Create(CultureInfo.InvariantCulture, $"| live objects after a tenth, at the end | {Heap.Early / 1e6:F1} MB, {Heap.Late / 1e6:F1} MB |"),
            .. Wrong]);
    }
}
