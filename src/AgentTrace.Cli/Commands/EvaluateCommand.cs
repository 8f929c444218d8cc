using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Evaluation.Figures;
using AgentTrace.Attribution.Evaluation.Methods;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace evaluate DATA...</c>: how often methods are right on labelled runs, beside guesses that look at nothing.</summary>
internal static class EvaluateCommand
{
    private static readonly int[] CurvePoints = [10, 20, 30, 50, 75, 100, 200, 500, 1000];

    public static Command Create()
    {
        var data = new Argument<string[]>("DATA") { Description = "Folders of labelled runs; each is a data set of its own.", Arity = ArgumentArity.OneOrMore };
        var train = new Option<string[]>("--train") { Description = "Let methods that learn learn from these labelled runs instead of cross-validating.", HelpName = "DATA2" };
        var folds = new Option<int>("--folds") { Description = "Parts of the cross-validation of methods that learn.", DefaultValueFactory = _ => new EvaluationOptions().Folds };
        var seed = new Option<int>("--seed") { Description = "Seed of the folds and of a simulated judge.", DefaultValueFactory = _ => 1 };
        var repeats = new Option<int>("--repeats") { Description = "How many seeds, from --seed on, the figures are means of.", DefaultValueFactory = _ => 1 };
        var transfer = new Option<bool>("--transfer") { Description = "Also train on each data set and judge the others." };
        var curve = new Option<bool>("--learning-curve") { Description = "Also show what methods that learn reach with fewer labels." };
        var noGuesses = new Option<bool>("--no-guesses") { Description = "Leave out the constant guesses." };
        var format = new Option<EvaluationFormat>("--format") { Description = "How results are written: table, json or markdown." };
        var methods = new EvaluatedMethodOptions();
        var command = new Command("evaluate", "Says how often methods are right on labelled runs.") { data, train, folds, seed, repeats, transfer, curve, noGuesses, format };
        methods.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (string Name, LabeledRun[] Runs)[] sets = [.. parsed.GetValue(data)!.Select(path => (NameOf(path), LabelledRuns.Read([path])))];
            int first = parsed.GetValue(seed);
            var evaluation = new EvaluationOptions { Folds = parsed.GetValue(folds), Seeds = [.. Enumerable.Range(first, Seeds(parsed.GetValue(repeats)))] };
            using EvaluatedMethods chosen = methods.Create(parsed, [.. sets.SelectMany(set => set.Runs)]);
            string[] others = parsed.GetValue(train) ?? [];
            LabeledRun[]? training = others.Length > 0 ? LabelledRuns.Read(others) : null;
            var rows = new List<EvaluatedRow>();
            async Task AddAsync(IEvaluatedMethod method, (string Name, LabeledRun[] Runs) set, LabeledRun[]? from, string? fromName) => rows.Add(new EvaluatedRow(
                set.Name, method.Learns ? fromName ?? $"{evaluation.Folds} folds" : chosen.RankerId, chosen.JudgeOf(method.Name), IsGuess: false,
                await EvaluateAsync(method, set.Runs, evaluation, from, cancellationToken).ConfigureAwait(false)));

            foreach ((string Name, LabeledRun[] Runs) set in sets)
            {
                if (!parsed.GetValue(noGuesses))
                    rows.AddRange(ConstantGuesses.On(set.Runs).Select(guess => new EvaluatedRow(set.Name, null, null, IsGuess: true, guess)));
                foreach (IEvaluatedMethod method in chosen.Methods)
                {
                    await AddAsync(method, set, training, training is null ? null : string.Join(", ", others.Select(NameOf))).ConfigureAwait(false);
                    if (method.Learns && parsed.GetValue(curve) && training is null)
                        rows.AddRange(await CurveAsync(method, set, chosen.JudgeOf(method.Name), evaluation, cancellationToken).ConfigureAwait(false));
                    foreach ((string Name, LabeledRun[] Runs) other in sets.Where(other => method.Learns && parsed.GetValue(transfer) && other.Runs != set.Runs))
                        await AddAsync(method, set, other.Runs, other.Name).ConfigureAwait(false);
                }
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(EvaluationReport.Write(rows, parsed.GetValue(format))).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<IEnumerable<EvaluatedRow>> CurveAsync(
        IEvaluatedMethod method, (string Name, LabeledRun[] Runs) set, string? judge, EvaluationOptions evaluation, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Labels, MethodResult Result)> points = await LearningCurve.OfAsync(method, set.Runs, CurvePoints, evaluation, cancellationToken).ConfigureAwait(false);
        return points.Select(point => new EvaluatedRow(set.Name, $"{evaluation.Folds} folds, {point.Labels} labels", judge, IsGuess: false, point.Result));
    }

    private static async Task<MethodResult> EvaluateAsync(
        IEvaluatedMethod method, LabeledRun[] runs, EvaluationOptions options, LabeledRun[]? training, CancellationToken cancellationToken)
    {
        try
        {
            return await Evaluator.EvaluateAsync(method, runs, options, training, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
        catch (JudgeException e)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }
    }

    private static int Seeds(int repeats) => repeats is >= 1 and <= 100 ? repeats : throw new CliException(ExitCodes.BadCall, $"--repeats is {repeats}; allowed: 1 to 100");

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
