namespace AgentTrace.Store.Spans;

/// <summary>A kind of span that was seen.</summary>
/// <param name="Service">The <c>service.name</c> of its resource; empty where there is none.</param>
/// <param name="Name">The span's name.</param>
/// <param name="Kind">OTLP's span kind: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
public readonly record struct ServiceOperation(string Service, string Name, int Kind);
