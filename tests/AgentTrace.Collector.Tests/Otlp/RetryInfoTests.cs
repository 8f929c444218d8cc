using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Tests.Otlp;

public sealed class RetryInfoTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WhatWasWritten_GivesTheDelay(bool padded)
    {
        string details = Convert.ToBase64String(RetryInfo.Write(GrpcStatus.Unavailable, "full", TimeSpan.FromSeconds(7)));

        Assert.Equal(TimeSpan.FromSeconds(7), RetryInfo.Read(padded ? details : details.TrimEnd('=')));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("CAg")]
    [InlineData("/////w==")]
    public void Read_NoRetryInfo_IsNull(string? details) => Assert.Null(RetryInfo.Read(details));
}
