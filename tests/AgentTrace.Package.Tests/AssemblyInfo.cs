using AgentTrace.Package.Tests;

[assembly: AssemblyFixture(typeof(LocalFeed))]
