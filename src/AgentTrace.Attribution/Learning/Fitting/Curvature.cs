using System.Numerics;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>A symmetric positive matrix that grows by outer products; kept as its lower triangle.</summary>
internal sealed class Curvature(int size)
{
    private readonly double[][] _rows = [.. Enumerable.Range(0, size).Select(row => new double[row + 1])];

    public Curvature Copy()
    {
        var copy = new Curvature(size);
        for (int row = 0; row < size; row++)
            _rows[row].CopyTo(copy._rows[row], 0);
        return copy;
    }

    public void AddToDiagonal(double value)
    {
        for (int i = 0; i < size; i++)
            _rows[i][i] += value;
    }

    /// <summary>Adds <paramref name="weight"/> times the outer product of a vector with itself.</summary>
    public void AddOuter(double weight, double[] vector)
    {
        for (int row = 0; row < size; row++)
        {
            if (vector[row] != 0)
                AddScaled(_rows[row], vector.AsSpan(0, row + 1), weight * vector[row]);
        }
    }

    /// <summary>Solves for a right-hand side by Cholesky's method; the matrix is used up.</summary>
    public double[] Solve(double[] right)
    {
        for (int i = 0; i < size; i++)
        {
            double[] row = _rows[i];
            for (int j = 0; j <= i; j++)
            {
                double sum = row[j] - Dot(row, _rows[j], j);
                // Rounding may push a direction without information below zero; it then stays where it is.
                row[j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / _rows[j][j];
            }
        }

        double[] solution = [.. right];
        for (int i = 0; i < size; i++)
            solution[i] = (solution[i] - Dot(_rows[i], solution, i)) / _rows[i][i];
        for (int i = size - 1; i >= 0; i--)
        {
            solution[i] /= _rows[i][i];
            for (int k = 0; k < i; k++)
                solution[k] -= _rows[i][k] * solution[i];
        }

        return solution;
    }

    // Element by element, so that the width of the machine's vectors changes no result.
    private static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        int i = 0;
        for (; i + Vector<double>.Count <= target.Length; i += Vector<double>.Count)
            (new Vector<double>(target[i..]) + (new Vector<double>(source[i..]) * factor)).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] += source[i] * factor;
    }

    private static double Dot(double[] one, double[] other, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
