using AgentTrace.TestKit;

namespace AgentTrace.Architecture.Tests;

public sealed class SourceRuleTests
{
    private const int Ceiling = 12 * 1024;

    [Fact]
    public void SourceFiles_StayUnderTheCeilingAndOutOfJunkDrawers()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))];

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, Ceiling));
        Assert.All(files, file => Assert.DoesNotMatch("(Utils|Helpers|Common|Manager)\\.cs$", file));
    }
}
