using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Comparison;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Models, tasks and circuits from and to files, with their errors as the tool's.</summary>
internal static class ProbeFiles
{
    /// <summary>Runs work of the probe; what is off in its input is told as such.</summary>
    public static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or ModelFormatException)
        {
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
        catch (Exception e) when (e is CircuitNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }
    }

    /// <summary>A model of the built-in corpus.</summary>
    public static (Transformer Model, CodeCorpus Corpus) Load(string path)
    {
        Transformer model = Told(() => ModelFile.Load(path));
        var corpus = new CodeCorpus();
        return model.Config.VocabSize == corpus.Vocabulary.Count
            ? (model, corpus)
            : throw new CliException(ExitCodes.BadCall, $"{path} has {model.Config.VocabSize} tokens and the built-in corpus {corpus.Vocabulary.Count}: circuits are looked for in models that 'agenttrace probe train' made");
    }

    /// <summary>A built-in task by its name, or the task of a file.</summary>
    public static ICircuitTask Task(string name, CodeCorpus corpus)
    {
        IReadOnlyList<ICircuitTask> all = CodeTasks.All(corpus);
        if (all.FirstOrDefault(task => task.Name == name) is { } builtIn)
            return builtIn;
        if (!File.Exists(name))
            throw new CliException(ExitCodes.BadCall, $"there is no task {name}, nor a file of that name; built-in are {string.Join(", ", all.Select(task => task.Name))}");
        return Told(() =>
        {
            using StreamReader lines = File.OpenText(name);
            return ListedTask.Read(Path.GetFileNameWithoutExtension(name), lines, corpus.Vocabulary);
        });
    }

    public static Circuit Circuit(string path, Transformer model) => Told(() =>
    {
        using FileStream stream = File.OpenRead(path);
        return CircuitFile.Read(stream, path, model);
    });

    public static void Write(string path, Action<Stream> write) => Told(() =>
    {
        WholeFile.Write(path, write);
        return true;
    });

    /// <summary>Refuses a path whose folder is not there, before long work.</summary>
    public static void Writable(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CliException(ExitCodes.BadCall, $"{path}: there is no folder {folder}; make it first");
    }

    /// <summary>Makes a folder before long work, so that a bad name is told at once.</summary>
    public static void Folder(string path) => Told(() => Directory.CreateDirectory(path));

    /// <summary>Writes both models of a comparison and all circuits.</summary>
    public static void Save(ComparisonResult result, string folder)
    {
        foreach ((string name, Transformer model, Func<ComparedTask, Circuit?> circuit) in new (string, Transformer, Func<ComparedTask, Circuit?>)[]
        {
            ("dense", result.DenseModel, task => task.Dense),
            ("sparse", result.SparseModel, task => task.Sparse),
        })
        {
            Told(() =>
            {
                ModelFile.Save(model, Path.Combine(folder, $"{name}.safetensors"));
                return true;
            });
            foreach (ComparedTask task in result.Tasks)
                if (circuit(task) is { } found)
                    Write(Path.Combine(folder, $"{name}.{task.Task}.json"), stream => CircuitFile.Write(found, stream));
        }
    }
}
