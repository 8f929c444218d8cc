using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Tests;

public sealed class BlockFilterTests
{
    [Fact]
    public void MayContain_WhatWasPutIn_AlwaysAndLittleElse()
    {
        ulong[] tokens = [.. Enumerable.Range(0, 2_000).Select(i => Blocks.Token($"in {i}"))];
        byte[] filter = BlockFilter.Build(tokens);

        Assert.All(tokens, token => Assert.True(BlockFilter.MayContain(filter, token)));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => BlockFilter.MayContain(filter, Blocks.Token($"out {i}"))), 0, 30);
    }

    [Fact]
    public void Token_OfKeyAndOfItsValue_AreNotTheSame() =>
        Assert.Equal(4, new[] { BlockFilter.Token("a"u8), BlockFilter.Token("a"u8, ""u8), BlockFilter.Token("a"u8, "b"u8), BlockFilter.Token("b"u8, "a"u8) }.Distinct().Count());
}
