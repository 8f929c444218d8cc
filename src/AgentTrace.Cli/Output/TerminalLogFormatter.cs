using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AgentTrace.Cli.Output;

/// <summary>One line an entry. Entries hold names and answers that came over the network, so what a terminal would obey is taken out.</summary>
internal sealed class TerminalLogFormatter() : ConsoleFormatter(FormatterName)
{
    private const string FormatterName = "terminal";

    /// <summary>Sends a collector's log, from this level up, to standard error.</summary>
    public static void AddTo(ILoggingBuilder logging, LogLevel least) => logging
        .SetMinimumLevel(least)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddConsoleFormatter<TerminalLogFormatter, ConsoleFormatterOptions>()
        .AddConsole(console =>
        {
            console.FormatterName = FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        string exception = logEntry.Exception is null ? "" : $" {logEntry.Exception}";
        textWriter.WriteLine($"{Word(logEntry.LogLevel)}: {logEntry.Category} {TerminalText.Line(message + exception)}");
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "dbug",
    };
}
