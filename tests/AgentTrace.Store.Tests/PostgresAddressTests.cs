using AgentTrace.Store.PostgreSql;
using Npgsql;

namespace AgentTrace.Store.Tests;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ann:p%40ss%3Aw@db.example:6432/traces?sslmode=verify-full", "db.example", 6432, "traces", "ann", "p@ss:w", SslMode.VerifyFull)]
    [InlineData("postgresql://[::1]/traces", "::1", 5432, "traces", null, null, SslMode.Prefer)]
    [InlineData("postgres://ann@/traces?host=/run/pg&application_name=me", "/run/pg", 5432, "traces", "ann", null, SslMode.Prefer)]
    [InlineData("Host=db.example;Port=5433;Database=traces;Username=ann", "db.example", 5433, "traces", "ann", null, SslMode.Prefer)]
    public void Parse_ReadsBothForms(string text, string host, int port, string database, string? user, string? password, SslMode ssl)
    {
        Assert.True(PostgresAddress.IsOne(text));

        var read = new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(text));

        Assert.Equal((host, port, database, user, password, ssl), (read.Host, read.Port, read.Database, read.Username, read.Password, read.SslMode));
    }

    [Theory]
    [InlineData("agenttrace.db")]
    [InlineData("/var/lib/host=/store.db")]
    [InlineData("C:\\stores\\store.db")]
    public void IsOne_APath_IsNone(string path) => Assert.False(PostgresAddress.IsOne(path));

    [Theory]
    [InlineData("postgres://ann:hunter2@/traces", "host")]
    [InlineData("postgres://ann:hunter2@db/traces?colour=red", "colour")]
    [InlineData("postgres://ann:hunter2@db:port/traces", "address is off")]
    [InlineData("Host=db;Password=hunter2;Colour=red", "colour")]
    public void Parse_WhatIsOff_IsSaidWithoutThePassword(string text, string said)
    {
        FormatException wrong = Assert.Throws<FormatException>(() => PostgresAddress.Parse(text));

        Assert.Contains(said, wrong.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }
}
