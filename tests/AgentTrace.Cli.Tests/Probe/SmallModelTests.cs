namespace AgentTrace.Cli.Tests.Probe;

/// <summary>Tests of one model take turns, and it is trained once.</summary>
[CollectionDefinition(nameof(SmallModel))]
public sealed class SmallModelTests : ICollectionFixture<SmallModel>;
