namespace AgentTrace.Probe.Kernels;

/// <summary>The nonzero weights of a matrix [outputs, inputs], by output and by input.</summary>
/// <remarks>Both orders, because the forward pass gathers the inputs of an output and the backward pass the outputs of an input.</remarks>
internal sealed class PackedWeights
{
    private readonly int _rows;
    private readonly int _columns;
    private int[] _indexes = [];
    private int[] _outputs = [];
    private float[] _values = [];
    private float[] _valuesByInput = [];

    public PackedWeights(int rows, int columns)
    {
        (_rows, _columns) = (rows, columns);
        RowStarts = new int[rows + 1];
        ColumnStarts = new int[columns + 1];
    }

    /// <summary>Where each output's weights start; one more than there are outputs.</summary>
    public int[] RowStarts { get; }

    /// <summary>Where each input's weights start; one more than there are inputs.</summary>
    public int[] ColumnStarts { get; }

    /// <summary>The input of each weight, ordered by output.</summary>
    public ReadOnlySpan<int> Inputs => _indexes;

    /// <summary>Each weight, ordered by output.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The output of each weight, ordered by input.</summary>
    public ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>Each weight, ordered by input.</summary>
    public ReadOnlySpan<float> ValuesByInput => _valuesByInput;

    /// <summary>Number of nonzero weights.</summary>
    public int Count => RowStarts[_rows];

    /// <summary>Reads the weights again after they have changed; allocates only when there are more than ever before.</summary>
    public void Read(Matrix weights)
    {
        Array.Clear(ColumnStarts);
        int count = 0;
        for (int r = 0; r < _rows; r++)
        {
            RowStarts[r] = count;
            ReadOnlySpan<float> row = weights.Row(r);
            int at = 0;
            while (at < row.Length && row[at..].IndexOfAnyExcept(0f) is >= 0 and int next)
            {
                at += next;
                if (count == _values.Length)
                    Grow();
                _indexes[count] = at;
                _values[count++] = row[at];
                ColumnStarts[at + 1]++;
                at++;
            }
        }

        RowStarts[_rows] = count;
        for (int c = 0; c < _columns; c++)
            ColumnStarts[c + 1] += ColumnStarts[c];
        ByInput();
    }

    private void ByInput()
    {
        // Filled from the back of each input's range by counting down its end, which leaves the starts as they were.
        for (int r = 0; r < _rows; r++)
        {
            for (int i = RowStarts[r]; i < RowStarts[r + 1]; i++)
            {
                int to = ColumnStarts[_indexes[i]]++;
                _outputs[to] = r;
                _valuesByInput[to] = _values[i];
            }
        }

        for (int c = _columns; c > 0; c--)
            ColumnStarts[c] = ColumnStarts[c - 1];
        ColumnStarts[0] = 0;
    }

    private void Grow()
    {
        int size = Math.Max(64, _values.Length * 2);
        Array.Resize(ref _indexes, size);
        Array.Resize(ref _outputs, size);
        Array.Resize(ref _values, size);
        Array.Resize(ref _valuesByInput, size);
    }
}
