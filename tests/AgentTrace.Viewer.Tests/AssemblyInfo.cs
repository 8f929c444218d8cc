using AgentTrace.Viewer.Tests;

// One browser for all tests, and one page at a time: two cores paint no faster in parallel.
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
