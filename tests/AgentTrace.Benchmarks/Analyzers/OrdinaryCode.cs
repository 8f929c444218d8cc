namespace AgentTrace.Benchmarks.Analyzers;

/// <summary>Code as it stands in any business app: entities, LINQ, async calls, properties, switches. Each number gives the same file every time.</summary>
internal static class OrdinaryCode
{
    /// <summary>Where the app starts: wired, so that no rule has a finding to report.</summary>
    public const string Program = """
        using AgentTrace;
        using OpenTelemetry;
        using OpenTelemetry.Trace;

        using TracerProvider tracing = Sdk.CreateTracerProviderBuilder()
            .AddAgentTraceInstrumentation()
            .AddOtlpExporter()
            .Build();
        Console.WriteLine(typeof(Shop.Part1.Orders1).FullName);
        """;

    /// <summary>File number <paramref name="n"/>; with one agent call or none.</summary>
    public static string Of(int n, bool callsAgent) => $$"""
        {{(callsAgent ? "using Microsoft.Agents.AI;\n" : "")}}
        namespace Shop.Part{{1 + (n / 50)}};

        public enum State{{n}} { Open, Paid, Sent, Closed }

        public sealed record Line{{n}}(string Article, int Count, decimal Price)
        {
            public decimal Total => Count * Price;
        }

        public interface IStore{{n}}
        {
            Task<IReadOnlyList<Order{{n}}>> ReadAsync(string customer, CancellationToken cancellationToken = default);
        }

        public sealed class Order{{n}}
        {
            private readonly List<Line{{n}}> _lines = [];

            public required string Customer { get; init; }

            public State{{n}} State { get; private set; }

            public DateTimeOffset Created { get; init; }

            public IReadOnlyList<Line{{n}}> Lines => _lines;

            public decimal Total => _lines.Sum(line => line.Total);

            public void Add(string article, int count, decimal price)
            {
                ArgumentException.ThrowIfNullOrEmpty(article);
                if (count <= 0)
                    throw new ArgumentOutOfRangeException(nameof(count), count, "At least one.");
                if (State is not State{{n}}.Open)
                    throw new InvalidOperationException($"The order of {Customer} is {State}.");
                _lines.Add(new Line{{n}}(article, count, price));
            }

            public bool Advance()
            {
                State{{n}} next = State switch
                {
                    State{{n}}.Open => State{{n}}.Paid,
                    State{{n}}.Paid => State{{n}}.Sent,
                    _ => State{{n}}.Closed,
                };
                bool moved = next != State;
                State = next;
                return moved;
            }
        }

        public sealed class Orders{{n}}(IStore{{n}} store, TimeProvider time{{(callsAgent ? ", AIAgent agent" : "")}})
        {
            private readonly Dictionary<string, decimal> _limits = new(StringComparer.Ordinal);

            public int Seen { get; private set; }

            public async Task<decimal> OpenTotalAsync(string customer, CancellationToken cancellationToken = default)
            {
                IReadOnlyList<Order{{n}}> orders = await store.ReadAsync(customer, cancellationToken).ConfigureAwait(false);
                Seen += orders.Count;
                return orders.Where(order => order.State == State{{n}}.Open).Select(order => order.Total).DefaultIfEmpty().Max();
            }

            public async Task<IReadOnlyList<(string Article, int Count)>> BestSellersAsync(IEnumerable<string> customers, CancellationToken cancellationToken = default)
            {
                var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
                foreach (string customer in customers)
                {
                    foreach (Line{{n}} line in (await store.ReadAsync(customer, cancellationToken).ConfigureAwait(false)).SelectMany(order => order.Lines))
                        counts[line.Article] = counts.GetValueOrDefault(line.Article) + line.Count;
                }

                return [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take({{3 + (n % 7)}}).Select(pair => (pair.Key, pair.Value))];
            }

            public bool IsOverLimit(string customer, decimal total)
            {
                if (!_limits.TryGetValue(customer, out decimal limit))
                    _limits[customer] = limit = {{100 + n}}m;
                return total > limit;
            }

            public string Describe(Order{{n}} order)
            {
                double days = (time.GetUtcNow() - order.Created).TotalDays;
                string age = days < 1 ? "today" : days < 2 ? "yesterday" : FormattableString.Invariant($"{days:0} days ago");
                return string.Join("; ", order.Lines.Select(line => $"{line.Count} x {line.Article}").Prepend($"{order.Customer}, {age}"));
            }
        {{(callsAgent ? AgentCall(n) : "")}}}
        """;

    private static string AgentCall(int n) => n % 2 == 0
        ? """

                public async Task<string> AskAsync(Order__n__ order, CancellationToken cancellationToken = default)
                {
                    AgentResponse answer = await agent.RunAsync(Describe(order), cancellationToken: cancellationToken).ConfigureAwait(false);
                    return answer.Text;
                }

            """.Replace("__n__", $"{n}", StringComparison.Ordinal)
        : """

                public async Task<string> AskAsync(Order__n__ order, CancellationToken cancellationToken = default)
                {
                    var text = new System.Text.StringBuilder();
                    await foreach (AgentResponseUpdate update in agent.RunStreamingAsync(Describe(order), cancellationToken: cancellationToken).ConfigureAwait(false))
                        text.Append(update.Text);
                    return text.ToString();
                }

            """.Replace("__n__", $"{n}", StringComparison.Ordinal);
}
