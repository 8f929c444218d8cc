using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Judges;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Commands;

/// <summary>The options that choose a method and the model it asks.</summary>
internal sealed class AttributorOptions
{
    private readonly Option<string?> _method = new("--method", "-m")
    {
        Description = $"How failures are attributed: {string.Join(", ", AttributorCatalog.Methods)}. Default: structural, or bayesian-search when a judge is given.",
    };

    private readonly Option<string?> _judge = new("--judge")
    {
        Description = "The model that a method asks: openai:MODEL (any OpenAI-compatible server). The key comes from OPENAI_API_KEY.",
        HelpName = "openai:MODEL",
    };

    private readonly Option<Uri?> _judgeUrl = new("--judge-url")
    {
        Description = "Where an OpenAI-compatible server listens, for example http://localhost:11434/v1 (Ollama, vLLM). Default: OpenAI.",
        HelpName = "URL",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
                return uri;
            result.AddError($"--judge-url '{text}' is no http(s) address");
            return null;
        },
    };

    private readonly Option<bool> _groundTruth = new("--ground-truth")
    {
        Description = "Show the judge the task's right answer where the run carries it (the paper's \"with ground truth\").",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_method);
        command.Options.Add(_judge);
        command.Options.Add(_judgeUrl);
        command.Options.Add(_groundTruth);
    }

    /// <summary>The attributor the options ask for.</summary>
    /// <exception cref="CliException">The method is unknown or lacks its judge.</exception>
    public IFailureAttributor Create(ParseResult parsed)
    {
        try
        {
            IChatClient? judge = parsed.GetValue(_judge) is { } name
                ? JudgeFactory.Create(name, parsed.GetValue(_judgeUrl), Environment.GetEnvironmentVariable("OPENAI_API_KEY"))
                : null;
            return AttributorCatalog.Create(parsed.GetValue(_method), new AttributorContext
            {
                Judge = judge,
                Options = new JudgeMethodOptions { UseGroundTruth = parsed.GetValue(_groundTruth) },
            });
        }
        catch (ArgumentException e)
        {
            // The framework appends which C# parameter it was; a person at a shell knows no C# parameters.
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
    }
}
