namespace AgentTrace.Probe.Corpora;

/// <summary>Writes one document of Python-like code, statement by statement, remembering what kind of value each name has.</summary>
internal sealed class CodeWriter(Vocabulary vocabulary, Random random)
{
    private const int MostDepth = 2;
    private readonly List<int> _tokens = [];
    private readonly Dictionary<string, char> _kinds = [];
    private readonly List<string> _known = [];

    public IReadOnlyList<int> Tokens => _tokens;

    public Random Random => random;

    /// <summary>A whole document's worth of statements, at least <paramref name="length"/> tokens.</summary>
    public void Document(int length)
    {
        Put(CodeWords.Start);
        while (_tokens.Count < length)
            Statement(0);
    }

    public void Put(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            _tokens.Add(vocabulary[word]);
    }

    public void Statement(int depth)
    {
        int choice = random.Next(depth < MostDepth ? 17 : 11);
        switch (choice)
        {
            case 0 or 1:
                AssignNumber(Fresh('n'));
                break;
            case 2 or 3:
                AssignString(Fresh('s'));
                break;
            case 4:
                AssignList(Fresh('l'), nested: random.Next(2) == 0);
                break;
            case 5:
                AssignBraces(Fresh('d'));
                break;
            case 6:
                AssignEmpty(Fresh('e'), set: random.Next(2) == 0);
                break;
            case 7 or 8:
                Use();
                break;
            case 9:
                Keyworded(CodeWords.Keyworded[random.Next(CodeWords.Keyworded.Length)]);
                Put(")", CodeWords.Line);
                break;
            case 10:
                AssignCall();
                break;
            case 11 or 12:
                Block(depth, If, "return");
                break;
            case 13:
                Block(depth, While, "break");
                break;
            case 14 or 15:
                Block(depth, For, null);
                break;
            default:
                Function(depth);
                break;
        }
    }

    public string Fresh(char kind)
    {
        string name = CodeWords.Names[random.Next(CodeWords.Names.Length)];
        _kinds[name] = kind;
        _known.Remove(name);
        _known.Add(name);
        return name;
    }

    /// <summary>A name used before, the latest most often; any name where none was.</summary>
    public string Known()
    {
        if (_known.Count == 0)
            return CodeWords.Names[random.Next(CodeWords.Names.Length)];
        int back = 0;
        while (back < _known.Count - 1 && random.Next(2) == 0)
            back++;
        return _known[^(back + 1)];
    }

    public void AssignNumber(string name)
    {
        Put(name, "=", Number());
        if (random.Next(3) == 0)
            Put("+", Known());
        Put(CodeWords.Line);
    }

    public void AssignString(string name)
    {
        string quote = Quote();
        Put(name, "=", quote);
        Words(2 + random.Next(5));
        Put(quote, CodeWords.Line);
    }

    public void AssignList(string name, bool nested)
    {
        Put(name, "=", "[");
        if (nested)
            Put("[");
        Items(2 + random.Next(4));
        Put(nested ? "]]" : "]", CodeWords.Line);
    }

    public void AssignBraces(string name)
    {
        Put(name, "=", "{");
        if (random.Next(2) == 0)
        {
            Items(2 + random.Next(3));
            Put("}", CodeWords.Line);
            return;
        }

        for (int i = 1 + random.Next(3); i > 0; i--)
        {
            Put(Known(), ":", Number());
            if (i > 1)
                Put(",");
        }

        Put("}", CodeWords.Line);
    }

    public void AssignEmpty(string name, bool set)
    {
        _kinds[name] = set ? 'S' : 'T';
        Put(name, "=", set ? "set()" : "\"\"", CodeWords.Line);
    }

    /// <summary>What a name is used for depends on what was put into it.</summary>
    public void Use()
    {
        string name = Known();
        switch (_kinds.GetValueOrDefault(name))
        {
            case 'S':
                Put(name, ".", "add", "(", Known(), ")", CodeWords.Line);
                break;
            case 'T' or 's':
                Put(name, "+=", Known(), CodeWords.Line);
                break;
            case 'l':
                Put(name, ".", "append", "(", Known(), ")", CodeWords.Line);
                break;
            case 'd':
                Put(name, ".", random.Next(2) == 0 ? "update" : "get", "(", Known(), ")", CodeWords.Line);
                break;
            default:
                Put(name, "=", name, "+", Number(), CodeWords.Line);
                break;
        }
    }

    /// <summary>A call up to the value of its last keyword.</summary>
    public void Keyworded((string Function, string Keyword) call)
    {
        Put(call.Function, "(", Known());
        if (random.Next(2) == 0)
            Put(",", Known());
        Put(",", call.Keyword, "=", Number());
    }

    public void Items(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                Put(",");
            Put(random.Next(3) == 0 ? Number() : Known());
        }
    }

    /// <summary>Each word depends on the two before it.</summary>
    public void Words(int count)
    {
        int before = -1, last = random.Next(CodeWords.Strings.Length);
        Put(CodeWords.Strings[last]);
        for (int i = 1; i < count; i++)
        {
            int next = random.Next(8) == 0
                ? random.Next(CodeWords.Strings.Length)
                : (int)((((uint)((before * 31) + (last * 17) + (random.Next(2) * 7)) * 2654435761u) >> 16) % (uint)CodeWords.Strings.Length);
            Put(CodeWords.Strings[next]);
            (before, last) = (last, next);
        }
    }

    public string Quote() => random.Next(2) == 0 ? "'" : "\"";

    public string Number() => CodeWords.Numbers[Math.Min(random.Next(CodeWords.Numbers.Length), random.Next(CodeWords.Numbers.Length))];

    public void If() => Put("if", Known(), "==", Number(), ":");

    public void While() => Put("while", Known(), "<", Number(), ":");

    public void For()
    {
        if (random.Next(2) == 0)
        {
            Put("for", Fresh('n'), "in", "range", "(", Number(), ")", ":");
            return;
        }

        string container = Known();
        Put("for", Fresh('n'), ",", Fresh('n'), "in", "enumerate", "(", container, ")", ":");
    }

    private void AssignCall()
    {
        string argument = Known();
        Put(Fresh('n'), "=", random.Next(3) == 0 ? "len" : CodeWords.Functions[random.Next(CodeWords.Functions.Length)], "(", argument, ")", CodeWords.Line);
    }

    private void Block(int depth, Action head, string? end)
    {
        head();
        Put(CodeWords.Line, CodeWords.Indent);
        for (int i = 1 + random.Next(2); i > 0; i--)
            Statement(depth + 1);
        if (end is not null)
        {
            Put(end);
            if (end == "return")
                Put(Known());
            Put(CodeWords.Line);
        }

        Put(CodeWords.Dedent);
    }

    private void Function(int depth)
    {
        Put("def", CodeWords.Functions[random.Next(CodeWords.Functions.Length)], "(", Fresh('n'), ",", Fresh('n'), ")", ":", CodeWords.Line, CodeWords.Indent);
        Statement(depth + 1);
        Put("return", Known(), CodeWords.Line, CodeWords.Dedent);
    }
}
