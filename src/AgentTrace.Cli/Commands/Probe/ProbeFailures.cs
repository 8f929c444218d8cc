using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>What the probe's engine throws, as messages and exit codes.</summary>
internal static class ProbeFailures
{
    public static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ModelFormatException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
        catch (Exception e) when (e is CircuitNotFoundException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(e.Message, e);
        }
    }

    public static void Told(Action work) => Told<object?>(() =>
    {
        work();
        return null;
    });
}
